// Short messages, drawn by the admin.
const toastOptions = new Map();
let toastNumber = 0;

const toast = {
  show(message, options = {}) {
    const id = `toast-${++toastNumber}`;
    const { duration = 5000, isError = false, action = null } = options;
    toastOptions.set(id, options);
    tell("toast", { id, message: String(message), duration, isError, action });
    return id;
  },
  hide(id) {
    tell("toast-hide", { id });
  },
};

listen("toast-action", ({ id }) => toastOptions.get(id)?.onAction?.());
listen("toast-dismissed", ({ id }) => {
  toastOptions.get(id)?.onDismiss?.();
  toastOptions.delete(id);
});
