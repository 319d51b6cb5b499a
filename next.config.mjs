import { fileURLToPath } from "node:url";

const UNUSED_IN_NEXT = /\/(scheduler|server-action-reducer|links|error-styles)$/;
const STUB = fileURLToPath(new URL("scripts/setup/unused-in-next.mjs", import.meta.url));

/**
 * Plain JavaScript: Next reads this at every start, and would compile TypeScript each time.
 * @type {import("next").NextConfig}
 */
export default {
  poweredByHeader: false,
  // Pages for developers, such as the gallery, end in .dev.tsx: to a production build they are no pages.
  pageExtensions: [...(process.env.NODE_ENV === "production" ? [] : ["dev.tsx"]), "tsx", "ts"],
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // No image of ours needs resizing, so nobody can make the server do it.
  images: { unoptimized: true },
  // `npm run check` judges types; TypeScript 7 has no API that the build could use.
  typescript: { ignoreBuildErrors: true },
  webpack(config, { dev, isServer, webpack }) {
    // A branch of @hpke/common for old Node asks for `crypto`; webpack would answer with 100 kB of polyfill.
    if (!isServer) config.resolve.fallback = { ...config.resolve.fallback, crypto: false };
    // 7 kB gzipped of every page's first load.
    if (!(isServer || dev)) {
      config.plugins.push(
        new webpack.NormalModuleReplacementPlugin(UNUSED_IN_NEXT, (resource) => {
          if (/next\/dist\/client\/components/.test(resource.context)) resource.request = STUB;
        }),
      );
    }
    return config;
  },
};
