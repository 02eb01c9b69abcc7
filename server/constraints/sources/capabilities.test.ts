import { expect, it, test } from 'vitest'
import { pickName, readCapabilities, requireName } from './capabilities.ts'

const offered = [
  'dai:bes_naturtyper',
  'dai:BES_VANDLOEB',
  'pdk:theme_pdk_zonekort_samlet_v',
  'pdk:theme_pdk_lokalplan_vedtaget',
  'pdk:theme_pdk_lokalplan_vedtaget_v',
]

test.each([
  [['dai:bes_naturtyper'], 'dai:bes_naturtyper'],
  [['dmp:BES_NATURTYPER'], 'dai:bes_naturtyper'],
  [['pdk:theme_pdk_zonekort_samlet'], 'pdk:theme_pdk_zonekort_samlet_v'],
  [['pdk:theme_pdk_lokalplan_vedtaget_v'], 'pdk:theme_pdk_lokalplan_vedtaget_v'],
  [['pdk:theme_pdk_lokalplan_vedtaget'], 'pdk:theme_pdk_lokalplan_vedtaget'],
  [['dai:nyt_navn', 'bes_vandloeb'], 'dai:BES_VANDLOEB'],
  [['naturtyper'], null],
])('%j is %s', (wanted, expected) => {
  expect(pickName(wanted, offered)).toBe(expected)
})

it('names what comes close to a layer that is gone', () => {
  expect(() => requireName(['dai:naturtyper_2027'], offered, 'https://x')).toThrow(
    /https:\/\/x has no layer "dai:naturtyper_2027"\. Similar: dai:bes_naturtyper\./,
  )
})

it('reads names, coordinate systems and formats whatever the prefixes', () => {
  const text = `<?xml version="1.0"?><wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="x">
    <!-- <FeatureType><Name>comment</Name></FeatureType> -->
    <ows:Operation name="GetFeature"><ows:Parameter name="outputFormat"><ows:AllowedValues><ows:Value>application/gml+xml; version=3.2</ows:Value>
    <ows:Value>application/json</ows:Value></ows:AllowedValues></ows:Parameter></ows:Operation>
    <FeatureTypeList><FeatureType xmlns:dai="y"><Name>dai:s&#248;er &amp; mere</Name><DefaultCRS>urn:ogc:def:crs:EPSG::25832</DefaultCRS><OtherCRS>EPSG:4326</OtherCRS></FeatureType>
    <wfs:FeatureType><wfs:Name><![CDATA[b]]></wfs:Name></wfs:FeatureType></FeatureTypeList></wfs:WFS_Capabilities>`
  expect(readCapabilities(text)).toEqual({
    types: [
      { name: 'dai:søer & mere', systems: ['urn:ogc:def:crs:EPSG::25832', 'EPSG:4326'] },
      { name: 'b', systems: [] },
    ],
    formats: ['application/gml+xml; version=3.2', 'application/json'],
  })
})

test.each(['', '<html></html>', '<WFS_Capabilities><FeatureType>', '{"a":1}'])('refuses %j', (text) => {
  expect(() => readCapabilities(text)).toThrow(/service/)
})
