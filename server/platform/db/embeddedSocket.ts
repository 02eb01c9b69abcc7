import { createServer, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'

// PostgreSQL's wire protocol in front of PGlite. pglite-socket hands over one message at a time and passes on that PGlite
// says "ready" twice after an error: from then on every answer on that connection belongs to the question before.
// Here everything up to a Sync goes in at once, no other connection comes in between, and "ready" is said once.

const SSL_REQUEST = 80_877_103
const GSS_REQUEST = 80_877_104
const CANCEL_REQUEST = 80_877_102
const TERMINATE = 'X'
/** Messages that wait for a Sync: Parse, Bind, Describe, Execute, Close. */
const EXTENDED = new Set(['P', 'B', 'D', 'E', 'C'])

interface Group {
  from: Connection
  bytes: Buffer
  /** Questions in it, of which each must get an outcome, and how many of them are bound to values first. */
  questions: number
  binds: number
}

interface Message {
  type: string
  bytes: Buffer
}

interface Connection {
  socket: Socket
  received: Buffer
  /** Extended messages until their Sync. */
  waiting: Message[]
  hasStarted: boolean
}

/**
 * The answer to one group with only the last of its "ready" messages, or `null` when the database failed inside:
 * a C++ exception (GEOS throws them on linework that nearly coincides) passes PostgreSQL by, and what comes back is
 * no outcome, or a portal said to be suspended although all rows were asked for.
 */
function answerOnce(answer: Buffer, { questions, binds }: Group): Buffer | null {
  const kept: Buffer[] = []
  const count = new Map<string, number>()
  let ready: Buffer | null = null
  for (let at = 0; at < answer.length; ) {
    const end = at + 1 + answer.readInt32BE(at + 1)
    const type = String.fromCharCode(answer[at] as number)
    count.set(type, (count.get(type) ?? 0) + 1)
    if (type === 'Z') ready = answer.subarray(at, end)
    else kept.push(answer.subarray(at, end))
    at = end
  }
  const of = (type: string) => count.get(type) ?? 0
  const isWhole = of('E') > 0 || (of('C') + of('I') >= questions && of('2') >= binds && of('s') === 0)
  return ready !== null && isWhole ? Buffer.concat([...kept, ready]) : null
}

/** Runs groups one after the other; while a transaction is open only its connection's. */
function createScheduler(database: PGlite, onBroken: (error: unknown) => void) {
  let groups: Group[] = []
  let owner: Connection | null = null
  let isRunning = false

  const next = (): Group | undefined => {
    const index = owner === null ? 0 : groups.findIndex(({ from }) => from === owner)
    return index < 0 ? undefined : groups.splice(index, 1)[0]
  }

  /** Runs one group; false when the database failed inside. */
  const answer = async (group: Group): Promise<boolean> => {
    const parts: Buffer[] = []
    // The bytes are only lent: PGlite writes the next answer over them.
    await database.execProtocolRawStream(group.bytes, { onRawData: (data) => void parts.push(Buffer.from(data)) })
    const whole = answerOnce(Buffer.concat(parts), group)
    if (whole === null) return false
    if (group.from.socket.writable) group.from.socket.write(whole)
    owner = database.isInTransaction() ? group.from : null
    if (owner?.socket.destroyed) await rollback(owner)
    return true
  }

  const run = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    try {
      for (let group = next(); group !== undefined; group = next()) {
        if (!(await answer(group))) return onBroken(new Error('PGlite gave no whole answer'))
      }
    } catch (error) {
      onBroken(error)
    } finally {
      isRunning = false
    }
  }

  const rollback = async (from: Connection): Promise<void> => {
    if (owner !== from) return
    await database.exec('ROLLBACK')
    owner = null
  }

  return {
    add(group: Group): void {
      groups.push(group)
      void run()
    },
    /** Forgets what a gone connection still wanted and ends its open transaction. */
    async leave(from: Connection): Promise<void> {
      groups = groups.filter((group) => group.from !== from)
      if (!isRunning) await rollback(from).catch(onBroken)
      void run()
    },
  }
}

/** Takes one whole message off the bytes received, or `null` when more must come. */
function takeMessage(connection: Connection): Message | null {
  const { received, hasStarted } = connection
  const head = hasStarted ? 1 : 0
  if (received.length < head + 4) return null
  const end = head + received.readInt32BE(head)
  if (received.length < end) return null
  connection.received = received.subarray(end)
  return { type: hasStarted ? String.fromCharCode(received[0] as number) : '', bytes: received.subarray(0, end) }
}

/** Messages before the first query: encryption is refused (the socket is local), cancelling is not possible. */
function handleStartup(connection: Connection, bytes: Buffer, add: (group: Group) => void): void {
  const code = bytes.length >= 8 ? bytes.readInt32BE(4) : 0
  if (code === SSL_REQUEST || code === GSS_REQUEST) connection.socket.write('N')
  else if (code === CANCEL_REQUEST) connection.socket.end()
  else {
    connection.hasStarted = true
    add({ from: connection, bytes, questions: 0, binds: 0 })
  }
}

/** Gathers extended messages until what ends them, and passes the whole on. */
function handleMessage(connection: Connection, message: Message, add: (group: Group) => void): void {
  if (message.type === '') {
    handleStartup(connection, message.bytes, add)
    return
  }
  if (message.type === TERMINATE) {
    connection.socket.end()
    return
  }
  connection.waiting.push(message)
  if (EXTENDED.has(message.type)) return
  const messages = connection.waiting
  connection.waiting = []
  const count = (...types: string[]) => messages.filter(({ type }) => types.includes(type)).length
  const bytes = Buffer.concat(messages.map((each) => each.bytes))
  add({ from: connection, bytes, questions: count('E', 'Q'), binds: count('B') })
}

/** Serves PGlite on a Unix socket; returns how to stop. `onBroken` is called when the database itself failed. */
export async function serveDatabase(database: PGlite, path: string, onBroken: (error: unknown) => void): Promise<() => Promise<void>> {
  const scheduler = createScheduler(database, onBroken)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const connection: Connection = { socket, received: Buffer.alloc(0), waiting: [], hasStarted: false }
    sockets.add(socket)
    socket.on('data', (data: Buffer) => {
      connection.received = connection.received.length === 0 ? data : Buffer.concat([connection.received, data])
      for (let message = takeMessage(connection); message !== null; message = takeMessage(connection)) {
        handleMessage(connection, message, scheduler.add)
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      void scheduler.leave(connection)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
}
