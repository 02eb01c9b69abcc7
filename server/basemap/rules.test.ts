import { describe, expect, it } from 'vitest'
import { isPrivateAddress } from '../platform/http/upstream.ts'
import { readByteRange } from './byteRange.ts'
import { proxyAddress, publicAddress, upstreamAddress } from './proxyAddress.ts'
import { publicBasemap } from './rules.ts'

it.each([
  [undefined, { kind: 'whole' }],
  ['bytes=0-9', { kind: 'part', first: 0, last: 9 }],
  ['bytes=90-', { kind: 'part', first: 90, last: 99 }],
  ['bytes=-10', { kind: 'part', first: 90, last: 99 }],
  ['bytes=-1000', { kind: 'part', first: 0, last: 99 }],
  ['bytes=95-1000', { kind: 'part', first: 95, last: 99 }],
  ['bytes=100-', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=9-3', { kind: 'whole' }],
  ['bytes=0-1,3-4', { kind: 'whole' }],
  ['pages=1-2', { kind: 'whole' }],
])('readByteRange(%s) of 100 bytes', (header, expected) => {
  expect(readByteRange(header, 100)).toEqual(expected)
})

it.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.255.255', true],
  ['192.168.0.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['::1', true],
  ['[::1]', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:10.0.0.1', true],
  ['0.0.0.0', true],
  ['not an address', true],
  ['8.8.8.8', false],
  ['172.32.0.1', false],
  ['2606:4700::1111', false],
])('isPrivateAddress(%s) is %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected)
})

describe('proxyAddress', () => {
  const style = 'https://maps.example/styles/pale.json?token=s3cret-token'
  const tiles = proxyAddress(
    'https://tiles.example/v1/{token}/pale/{z}/{x}/{y}{ratio}.pbf?key={token}&v=2',
    style,
    'template',
    's3cret-token',
  )

  it('keeps host, folders and keys here', () => {
    expect(publicAddress(tiles)).toBe(`/basemap/proxy/${tiles.id}/{z}/{x}/{y}{ratio}.pbf`)
    expect(upstreamAddress(tiles, '14/8754/5122@2x.pbf', new URLSearchParams())).toBe(
      'https://tiles.example/v1/s3cret-token/pale/14/8754/5122@2x.pbf?key=s3cret-token&v=2',
    )
  })

  it.each(['14/8754', '14/8754/5122.pbf/../../admin', '../14/8754/5122.pbf', '14/8754/5122.json', '14/8754/..%2f..%2fadmin.pbf', ''])(
    'goes nowhere for %s',
    (tail) => {
      expect(upstreamAddress(tiles, tail, new URLSearchParams())).toBeNull()
    },
  )

  it('resolves relative addresses and lets the browser fill in the rest', () => {
    const glyphs = proxyAddress('../fonts/{fontstack}/{range}.pbf', style, 'template', null)
    expect(upstreamAddress(glyphs, 'Noto%20Sans%20Regular/0-255.pbf', new URLSearchParams())).toBe(
      'https://maps.example/fonts/Noto%20Sans%20Regular/0-255.pbf',
    )
    const wms = proxyAddress('https://wms.example/wms?layers=a&bbox={bbox-epsg-3857}&key=k', style, 'template', null)
    expect(publicAddress(wms)).toBe(`/basemap/proxy/${wms.id}/wms?bbox={bbox-epsg-3857}`)
    expect(upstreamAddress(wms, 'wms', new URLSearchParams('bbox=1,2,3,4&layers=secret&key=x'))).toBe(
      'https://wms.example/wms?layers=a&key=k&bbox=1%2C2%2C3%2C4',
    )
    expect(upstreamAddress(wms, 'wms', new URLSearchParams())).toBeNull()
  })

  it('lets a sprite have its sizes and two forms', () => {
    const sprite = proxyAddress('sprites/pale', style, 'sprite', null)
    const ask = (tail: string) => upstreamAddress(sprite, tail, new URLSearchParams())
    expect(ask('pale@2x.png')).toBe('https://maps.example/styles/sprites/pale@2x.png')
    expect([ask('pale.json'), ask('pale'), ask('pale.html')].map((address) => address !== null)).toEqual([true, false, false])
  })

  it('has the same id whatever the token is', () => {
    const other = proxyAddress('https://tiles.example/v1/{token}/pale/{z}/{x}/{y}{ratio}.pbf?key={token}&v=2', style, 'template', 'another')
    expect(other.id).toBe(tiles.id)
  })

  it.each(['mapbox://styles/a/b', 'file:///etc/passwd', 'https://{s}.tiles.example/{z}.png'])('refuses %s', (address) => {
    expect(() => proxyAddress(address, style, 'template', null)).toThrow(TypeError)
  })
})

it.each([
  [
    { styleUrl: 'https://maps.example/a.json?k=1', pmtiles: null, token: 't', attribution: '© A' },
    { kind: 'style', url: '/basemap/style.json', attribution: '© A' },
  ],
  [
    { styleUrl: null, pmtiles: '/maps/dk.pmtiles', token: null, attribution: null },
    { kind: 'pmtiles', url: '/basemap/file.pmtiles', attribution: null },
  ],
  [{ styleUrl: null, pmtiles: null, token: null, attribution: null }, null],
])('publicBasemap shows addresses of this server only', (basemap, expected) => {
  expect(publicBasemap(basemap)).toEqual(expected)
})
