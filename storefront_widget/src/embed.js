/** What the theme's embed block says about this page; its attributes are a public interface. */
export const element = document.getElementById("earshot");
export const words = element?.dataset ?? {};
export const locale = words.locale || document.documentElement.lang || undefined;

export const appAddress = (leaf) => `${words.app}/storefront/${words.shop}/${leaf}`;
export const streamAddress = `${words.stream}/storefront/${words.shop}/stream`;
