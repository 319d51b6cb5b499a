import { fileURLToPath } from "node:url";

const UNUSED_IN_NEXT =
  /\/(scheduler|server-action-reducer|links|error-styles|optimistic-routes|instant-messages|lib\/constants)$/;
const UNUSED_IN_HPKE = /\/dhkemPrimitives\/ec\.js$/;
const STUB = fileURLToPath(new URL("scripts/setup/unused-code.mjs", import.meta.url));

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
    // 11 kB gzipped of every page's first load, and 2 kB of the messenger's.
    if (!(isServer || dev)) {
      // Every page carries the names of all pieces that may be loaded later: half as long, they tell as well what has changed.
      config.output.hashDigestLength = 8;
      const leaveOut = (what, where) =>
        new webpack.NormalModuleReplacementPlugin(what, (resource) => {
          if (where.test(resource.context)) resource.request = STUB;
        });
      config.plugins.push(
        leaveOut(UNUSED_IN_NEXT, /next\/dist\/client\/components/),
        leaveOut(UNUSED_IN_HPKE, /@hpke\/common/),
      );
    }
    return config;
  },
};
