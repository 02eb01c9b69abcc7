import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import './map/palette.css'
import './ui/fonts.css'
import './ui/base.css'
import './ui/ui.css'
import './ui/page.css'
import './shell/shell.css'
import './rounds/rounds.css'
import './ideas/ideas.css'
import { startTexts } from './lib/i18n.ts'
import { startData } from './lib/initialData.ts'
import { loadProblemTexts } from './lib/problems/loadProblemTexts.ts'
import { queryClient } from './lib/queryClient.ts'
import { router } from './routes.tsx'

startData()
await startTexts()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
)
loadProblemTexts()
