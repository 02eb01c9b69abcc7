declare module 'virtual:map-worker-url' {
  /** Address of the map library's worker, built by `mapLibraryPlugin.ts`. */
  const url: string
  export default url
}
