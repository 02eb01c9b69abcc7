import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface UpstreamServer {
  readonly url: string
  /** Every address asked for, in order. */
  readonly asked: string[]
  readonly close: () => Promise<void>
}

/** A real HTTP server on loopback that stands for somebody else's. */
export async function startUpstream(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<UpstreamServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    handle(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
