// Access scopes at run time; optional ones are asked for in a dialog of the admin.
const scopes = {
  query: () => ask("scopes").then(({ granted, required, optional }) => ({ granted, required, optional })),
  request: (wanted) => ask("scopes-request", { scopes: [...wanted] }),
  revoke: (unwanted) => ask("scopes-revoke", { scopes: [...unwanted] }),
};
