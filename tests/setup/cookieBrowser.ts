interface Cookie {
  name: string
  value: string
  path: string
  line: string
}

function parse(line: string): Cookie & { isOver: boolean } {
  const [pair = '', ...attributes] = line.split(/;\s*/)
  const of = (name: string) => attributes.find((attribute) => attribute.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
  const expires = of('expires')
  return {
    name: pair.slice(0, pair.indexOf('=')),
    value: pair.slice(pair.indexOf('=') + 1),
    path: of('path') ?? '/',
    line,
    isOver: of('max-age') === '0' || (expires !== undefined && Date.parse(expires) < Date.now()),
  }
}

/** What a browser does without drawing: keeps cookies by path, sends Origin with forms, shows every redirect. */
export class CookieBrowser {
  readonly cookies = new Map<string, Cookie>()
  readonly baseUrl: string

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl
  }

  cookie(name: string): Cookie | undefined {
    return [...this.cookies.values()].find((cookie) => cookie.name === name)
  }

  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.baseUrl)
    const sent = [...this.cookies.values()].filter(({ path }) => url.pathname.startsWith(path)).map(({ name, value }) => `${name}=${value}`)
    const headers = {
      Accept: 'text/html',
      Cookie: sent.join('; '),
      ...(init.method === 'POST' ? { Origin: url.origin } : {}),
      ...init.headers,
    }
    const response = await fetch(url, { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const cookie = parse(line)
      if (cookie.isOver) this.cookies.delete(`${cookie.name} ${cookie.path}`)
      else this.cookies.set(`${cookie.name} ${cookie.path}`, cookie)
    }
    return response
  }

  /** Goes to the issuer's page. */
  async openPeople(signIn = '/auth/sign-in'): Promise<{ page: Response; path: string }> {
    const start = await this.send(signIn)
    const issuer = await this.send(start.headers.get('location') as string)
    const path = issuer.headers.get('location') as string
    return { page: await this.send(path), path }
  }

  /** Taps a person (or cancel) and answers the address of the callback, not yet visited. */
  async choose(choice: Record<string, string>, signIn?: string): Promise<string> {
    const { path } = await this.openPeople(signIn)
    const chosen = await this.send(path, { method: 'POST', body: new URLSearchParams(choice) })
    const resumed = await this.send(chosen.headers.get('location') as string)
    return resumed.headers.get('location') as string
  }

  /** The whole way; answers the last redirect. */
  async signIn(person: string, signIn?: string): Promise<Response> {
    return this.send(await this.choose({ person }, signIn))
  }

  async session() {
    const response = await this.send('/api/session')
    return (await response.json()) as {
      person: { personId: string; displayName: string; role: string; districtId: string | null } | null
      csrfToken: string | null
      expiresAt: string | null
      isTestSignIn: boolean
    }
  }
}
