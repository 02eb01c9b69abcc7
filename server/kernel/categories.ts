import { z } from 'zod'

/** What an idea or project is about. One list everywhere: table check, API, pins, filters. */
export const CATEGORIES = ['green', 'play', 'sport', 'art', 'meeting-place', 'light-and-safety', 'path', 'other'] as const
export type Category = (typeof CATEGORIES)[number]
export const categorySchema = z.enum(CATEGORIES)
