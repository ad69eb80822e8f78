import { version } from "../package.json";

/** What the theme's embed block says about this page; its attributes are a public interface. */
export const element = document.querySelector("#earshot");
export const words = element?.dataset ?? {};
export const locale = words.locale || document.documentElement.lang;
export const isPreview = "preview" in words;

export const appAddress = (leaf) => `${words.app}/storefront/${words.shop}/${leaf}`;
export const streamAddress = `${words.stream}/storefront/${words.shop}/stream`;

/** Says which widget asks, and no copy in between may be older than the settings just announced. */
export const configAddress = (settings) =>
  appAddress(`config.json?v=${version}&settings=${settings}`);
