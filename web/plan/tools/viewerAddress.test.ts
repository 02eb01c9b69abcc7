import { expect, it } from 'vitest'
import { viewerAddress } from './viewerAddress.ts'

it.each([
  ['https://kort.example/?x={east}&y={north}', 'https://kort.example/?x=710864.1&y=6181128.1'],
  ['https://kort.example/#18/{lat}/{lng}', 'https://kort.example/#18/55.729900/12.358300'],
  ['https://kort.example/{other}', 'https://kort.example/{other}'],
])('%s', (template, address) => {
  expect(viewerAddress(template, [12.3583, 55.7299])).toBe(address)
})
