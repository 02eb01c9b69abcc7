import sharp from 'sharp'

// Of everything the library can open, only what we ask of people: no SVG, PDF, TIFF or ImageMagick parser ever sees their bytes.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif'] })
// Pictures are made beside answering people: one thread each, nothing kept.
sharp.concurrency(1)
sharp.cache(false)

export { sharp }
