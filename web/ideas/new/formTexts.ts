import { prepareTexts } from '../../lib/i18n.ts'

// Comes with the page's code, so that the form's first picture has its words. A failure is met again, and told, when they are used.
await Promise.all(['newIdea', 'problems'].map((namespace) => prepareTexts(namespace).catch(() => {})))
