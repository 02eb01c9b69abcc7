/** Below it constraint layers are not drawn: their shapes would be specks, and a tile would hold the whole municipality. */
export const CONSTRAINT_MIN_ZOOM = 11
