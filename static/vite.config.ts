import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The map is a quarter of a million bytes and of no use without its page: it travels to those who open it. */
const FETCHED_WHEN_OPENED = /Map-|ground-map|maplibre/;
const PRECACHE_MARK = /(["'`])__PRECACHE__\1/;

/** This plugin will write the list of built files, and a version made from it, into the service worker. */
function precache(): Plugin {
  return {
    name: "machi-precache",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk") throw new Error("the service worker was not built");
      const files = Object.keys(bundle)
        .filter((name) => /\.(js|css)$/.test(name) && name !== "sw.js" && !FETCHED_WHEN_OPENED.test(name))
        .sort()
        .map((name) => `/static/${name}`);
      const list = [...files, "/static/icon.svg"];
      if (!PRECACHE_MARK.test(worker.code)) throw new Error("the service worker has no place for its list of files");
      worker.code = worker.code.replace(PRECACHE_MARK, JSON.stringify(list.join(" ")));
    },
  };
}

const FIRST_LOAD_MOST_BYTES = 60_000;

/** This plugin will refuse a build whose first load, in Japanese and gzipped, has grown too large for a slow line. */
function budget(): Plugin {
  return {
    name: "machi-budget",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === "chunk");
      const wanted = chunks.filter(({ name, isEntry }) => (isEntry && name === "index") || name === "ja");
      const first = new Set(wanted.flatMap(({ fileName, imports }) => [fileName, ...imports]));
      const bytes = chunks.reduce((sum, { fileName, code }) => sum + (first.has(fileName) ? gzipSync(code).length : 0), 0);
      if (bytes === 0) throw new Error("the first load was not found");
      if (bytes > FIRST_LOAD_MOST_BYTES) throw new Error(`the first load is ${bytes} bytes, more than ${FIRST_LOAD_MOST_BYTES}`);
    },
  };
}

export default defineConfig({
  base: "/static/",
  plugins: [precache(), budget()],
  build: {
    target: "es2022",
    outDir: "dist",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: "index.html", sw: "src/sw.ts" },
      output: {
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // One page for all tests: they clean up after themselves, and making a page takes longer than running them.
    isolate: false,
  },
});
