import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // `npm run check` judges types; TypeScript 7 has no API that the build could use.
  typescript: { ignoreBuildErrors: true },
};

export default config;
