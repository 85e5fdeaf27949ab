/** The version of this bundle, as `FlowStage.version` says it. The builder puts the package's in its place. */
export const VERSION = '0.0.0';

/** Where the registry lies, seen from the loader. The builder puts the name with its hash in its place: a loader that is pinned by its hash pins everything. */
export const REGISTRY = 'registry.js';
