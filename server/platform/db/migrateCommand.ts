// `npm run db:migrate`: brings the configured database up to date without starting the server.
import { readConfig, StartError } from '../config.ts'
import { openDatabase } from './connect.ts'
import { migrate } from './migrate.ts'

try {
  const handle = await openDatabase(readConfig(process.env))
  const names = await migrate(handle.db)
  console.log(names.length > 0 ? `Run: ${names.join(', ')}` : 'Up to date.')
  await handle.close()
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exit(1)
}
