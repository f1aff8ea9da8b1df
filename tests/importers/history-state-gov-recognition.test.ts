import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRecord } from '../../src/bundle/check/check-record.ts'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { validateBundle } from '../../src/bundle/reading/parse.ts'
import { recordsOf } from '../../src/bundle/records.ts'
import { sha256 } from '../../src/evidence/text.ts'
import { timeSpan } from '../../src/time/span.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { imported, reasonsOf } from './history-state-gov.fixtures.ts'

/** An article of the guide. An entry is a head and paragraphs; a head of `''` is left out. */
const article = (
  id: string,
  label: string,
  ...entries: readonly (readonly [head: string, ...paragraphs: string[]])[]
) => ({
  [`rdcr/articles/${id}.xml`]: `<TEI xmlns="http://www.tei-c.org/ns/1.0">
    <teiHeader><fileDesc>
      <titleStmt>
        <title type="complete">A Guide to Relations, by Country: ${label}</title>
        <title type="short">${label}</title>
      </titleStmt>
      <publicationStmt><p>Department of State, 2008</p></publicationStmt>
      <sourceDesc><p>Written in February 2009</p></sourceDesc>
    </fileDesc></teiHeader>
    <text><body>
      <div type="section" xml:id="summary"><head>Summary</head><p>The two states are far apart.</p></div>
      <div type="section" xml:id="relations"><head>Relations</head>
        ${entries
          .map(
            ([head, ...paragraphs]) =>
              `<div type="timeline">${head && `<head>${head}</head>`}${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</div>`,
          )
          .join('\n')}
      </div>
    </body></text></TEI>`,
})

/** The events of one entry in Chile's article, as “KIND date, state, by state”. */
async function eventsOf(head: string, ...paragraphs: string[]): Promise<string[]> {
  return await eventsIn('chile', 'Chile', head, ...paragraphs)
}

async function eventsIn(id: string, label: string, head: string, ...paragraphs: string[]): Promise<string[]> {
  const { bundle } = await imported(article(id, label, [head, ...paragraphs]))
  return (bundle.relationEvents ?? []).map(
    ({ kind, when, countries, by }) => `${kind} ${when} ${countries[1]}${by ? ` by ${by}` : ''}`,
  )
}

test('an entry becomes an event with its states, its date and its words', async () => {
  const whole = await imported(
    article('iraq', 'Iraq', [
      'Diplomatic Relations Severed by Iraq, <date when="1967">1967</date>.',
      'Tensions grew. <hi>Iraq</hi> severed diplomatic\n          relations with the United States on June&#160;7, 1967, in the wake of the war.',
    ]),
  )
  expect(whole.rows).toEqual({ timeline: { read: 1, facts: 1, refused: 0 } })
  expect(whole.anomalies).toEqual([])
  const [source] = whole.bundle.sources ?? []
  const text = [
    'A Guide to Relations, by Country: Iraq',
    'Summary',
    'The two states are far apart.',
    'Relations',
    'Diplomatic Relations Severed by Iraq, 1967.',
    'Tensions grew. Iraq severed diplomatic relations with the United States on June\u00a07, 1967, in the wake of the war.',
  ].join('\n')
  expect(source).toEqual({
    slug: 'hsg-rdcr-articles-iraq',
    title: 'A Guide to Relations, by Country: Iraq',
    publisher: 'office-of-the-historian',
    url: 'https://history.state.gov/countries/iraq',
    language: 'en',
    license: 'CC0-1.0',
    published: '2009',
    sha256: sha256(text),
    length: text.length,
    text,
  })
  const sentence = text.slice(text.indexOf('Iraq severed'))
  expect(whole.bundle.relationEvents).toEqual([
    {
      slug: 'rdcr-iraq-relations-severed-1967',
      kind: 'RELATIONS_SEVERED',
      title: 'Diplomatic Relations Severed by Iraq',
      countries: ['US', 'IQ'],
      by: 'IQ',
      when: '1967-06-07',
      description: text.slice(text.indexOf('Tensions grew')),
      citations: [
        {
          source: 'hsg-rdcr-articles-iraq',
          start: text.indexOf('Diplomatic Relations Severed'),
          end: text.indexOf('\nTensions'),
          exact: 'Diplomatic Relations Severed by Iraq, 1967.',
        },
        {
          source: 'hsg-rdcr-articles-iraq',
          start: text.indexOf(sentence),
          end: text.length,
          exact: sentence,
        },
      ],
    },
  ])
})

test('a head that names two acts becomes two events, each with its own date', async () => {
  expect(
    await eventsOf(
      'Closing of the U.S. Embassy and the Severing of Diplomatic Relations, 1991.',
      'The U.S. Embassy was closed on January 12, 1991. Chile severed diplomatic relations with the United States February 9, 1991.',
    ),
  ).toEqual(['MISSION_CLOSED 1991-01-12 CL by US', 'RELATIONS_SEVERED 1991-02-09 CL by CL'])
  expect(
    await eventsOf(
      'Establishment of Diplomatic Relations and the American Legation in Chile, 1824.',
      'Diplomatic relations and the American Legation were established on April 23, 1824, when the envoy arrived.',
    ),
  ).toEqual(['RELATIONS_ESTABLISHED 1824-04-23 CL', 'LEGATION_OPENED 1824-04-23 CL by US'])
  expect(
    await eventsOf(
      'Recognition, and the Establishment of Diplomatic Relations and the American Embassy, 1974.',
      'The recognition and the establishment of diplomatic relations occurred on September 4, 1974.',
    ),
  ).toEqual(['RECOGNIZED 1974-09-04 CL', 'RELATIONS_ESTABLISHED 1974-09-04 CL', 'EMBASSY_OPENED 1974 CL by US'])
})

test.each([
  ['U.S. Recognition of Chilean Independence, 1823.', 'RECOGNIZED 1823 CL by US'],
  ['Chilean Recognition of the United States, 1823.', 'RECOGNIZED 1823 CL by CL'],
  ['Mutual Recognition, 1823.', 'RECOGNIZED 1823 CL'],
  ['Establishment of Full Diplomatic Relations, 1823.', 'RELATIONS_ESTABLISHED 1823 CL'],
  ['Diplomatic Relations Established, 1823.', 'RELATIONS_ESTABLISHED 1823 CL'],
  ['Normal Relations Interrupted, 1823.', 'RELATIONS_INTERRUPTED 1823 CL'],
  ['Suspension of Diplomatic Relations, 1823.', 'RELATIONS_INTERRUPTED 1823 CL'],
  ['United States Severs Diplomatic Relations, 1823.', 'RELATIONS_SEVERED 1823 CL by US'],
  ['Break in Diplomatic Relations, 1823.', 'RELATIONS_SEVERED 1823 CL'],
  ['Resumption of Diplomatic and Cultural Relations, 1823.', 'RELATIONS_RESUMED 1823 CL'],
  ['Re-establishment of Relations, 1823.', 'RELATIONS_RESUMED 1823 CL'],
  ['Termination of Diplomatic Relations, 1823.', 'RELATIONS_ENDED 1823 CL'],
  ['Cessation of Relations, 1838-40.', 'RELATIONS_ENDED [1838..1840] CL'],
  ['American Legation Established at Santiago, 1823.', 'LEGATION_OPENED 1823 CL by US'],
  ['Chilean Legation Reopened, 1823.', 'LEGATION_OPENED 1823 CL by CL'],
  ['U.S. Embassy Reopens, 1823.', 'EMBASSY_OPENED 1823 CL by US'],
  ['Legation Raised to Embassy, 1823.', 'RAISED_TO_EMBASSY 1823 CL'],
  ['Elevation of Status of Legation in Santiago to Embassy, 1823.', 'RAISED_TO_EMBASSY 1823 CL'],
  ['Elevation of the Chilean Legation to Embassy Status, 1823.', 'RAISED_TO_EMBASSY 1823 CL by CL'],
  ['Consulate Elevated to Embassy, 1823.', 'RAISED_TO_EMBASSY 1823 CL'],
  ['American Embassy Closed, 1823.', 'MISSION_CLOSED 1823 CL by US'],
  ['Establishment of Consular Relations, 1823.', 'CONSULAR_RELATIONS_ESTABLISHED 1823 CL'],
  ['Termination of Consular Relations, 1823.', 'CONSULAR_RELATIONS_ENDED 1823 CL'],
  ['American Embassy Moved to Valparaiso, 1823.', 'OTHER 1823 CL'],
  ['Elevation of the Consulate to Consulate General, 1823.', 'OTHER 1823 CL'],
  ['Suspension of Embassy Operations, 1823.', 'OTHER 1823 CL'],
  ['Treaty on the Establishment of Consular Relations, 1823.', 'OTHER 1823 CL'],
  ['Limited U.S. Recognition of a Committee, 1823.', 'OTHER 1823 CL'],
  ['Establishment of American Legations, 1831-48.', 'OTHER 1831/1848 CL'],
  ['Withdrawal of U.S. Recognition, 1823.', 'OTHER 1823 CL'],
  ['Negotiations on the Resumption of Diplomatic Relations, 1823.', 'OTHER 1823 CL'],
  ['Normalization of Ties, 1823.', 'OTHER 1823 CL'],
  ['U.S. Legation in Chile, 1823, with interruptions.', 'OTHER 1823 CL'],
  ['Chilean Embassy Converted to a Consulate, 1823.', 'OTHER 1823 CL'],
  ['Diplomatic Relations Severed by the Ottoman Empire, 1823.', 'RELATIONS_SEVERED 1823 TR by TR'],
  ['Something Nobody Has Ever Written, 1823.', 'OTHER 1823 CL'],
])('the head “%s” is %s', async (head, event) => {
  expect(await eventsOf(head)).toEqual([event])
})

test.each([
  [
    'the verb’s own clause',
    'The Legation opened on May 2, 1947, although the envoy had arrived on May 1, 1947.',
    '1947-05-02',
  ],
  [
    'the credentials, if nothing else is dated',
    'The envoy was appointed May 1, 1947, and presented his credentials on June 3.',
    '1947-06-03',
  ],
  ['the day in a clause with “when”', 'The Legation opened in 1947, when the envoy came on May 2, 1947.', '1947-05-02'],
  ['“the same day”', 'The king was crowned on May 2, 1947. On that same day the Legation opened.', '1947-05-02'],
  ['“the following day”', 'The envoy came on May 31, 1947. The following day the Legation opened.', '1947-06-01'],
  [
    '“this latter date”',
    'A war ended on May 2, 1947. This latter date marks the opening of the Legation.',
    '1947-05-02',
  ],
  ['“on or about”', 'The Legation opened on or about May 2, 1947.', '1947-05-02~'],
  ['“by”', 'The Legation had opened by May 1947.', '[..1947-05]'],
  ['a month', 'The Legation opened in May of 1947.', '1947-05'],
  ['no day that does not exist', 'The Legation opened on February 30, 1947.', '1947'],
  ['no date of another act', 'Following the treaty of May 2, 1947, the Legation opened.', '1947'],
  ['no date of another person', 'The Legation opened under a man who was born on May 2, 1890.', '1947'],
  ['the head’s year, if no words say more', 'Nobody wrote the day down.', '1947'],
  ['the head’s year, if the days are of something else', 'It rained on May 2, 1947, and on May 3, 1947.', '1947'],
])('the date is that of %s', async (_, paragraph, when) => {
  expect(await eventsOf('American Legation Opened, 1947.', paragraph)).toEqual([`LEGATION_OPENED ${when} CL by US`])
})

test('a recognition of something that is no state has the date of the recognition', async () => {
  const head = 'Limited U.S. Recognition of a Committee, 1943.'
  const founded = 'The Committee was established on June 3, 1943, and moved on July 4, 1943.'
  expect(await eventsOf(head, founded)).toEqual(['OTHER 1943 CL'])
  expect(await eventsOf(head, `${founded} The United States recognized it on August 26.`)).toEqual([
    'OTHER 1943-08-26 CL',
  ])
})

test('where head and paragraph disagree, the paragraph decides, and both are reported', async () => {
  const whole = await imported(
    article(
      'chile',
      'Chile',
      [
        'Establishment of the American Embassy in Chile, 2004.',
        'The American Embassy was established on February 1, 1992.',
      ],
      ['Suspension of Diplomatic Relations, 1941.', 'Diplomatic relations were severed on December 8, 1941.'],
    ),
  )
  expect(whole.bundle.relationEvents).toMatchObject([
    {
      kind: 'EMBASSY_OPENED',
      when: '1992-02-01',
      note: 'The head of the entry is “Establishment of the American Embassy in Chile, 2004.”; the paragraph gives another date, which is used here.',
    },
    { kind: 'RELATIONS_SEVERED', when: '1941-12-08', title: 'Suspension of Diplomatic Relations' },
  ])
  expect(reasonsOf(whole)).toEqual(['chile#1 date-differs', 'chile#2 kind-differs'])
})

test.each<readonly [string, string, ...string[]]>([
  [
    'The United States severed diplomatic relations on June 30, 1944, and closed the legation on the same day.',
    'Severance of Relations, 1944.',
    'RELATIONS_SEVERED 1944-06-30 CL by US',
    'MISSION_CLOSED 1944-06-30 CL',
  ],
  [
    'Relations were severed and the American Embassy in Santiago was closed on May 2, 1950.',
    'Severance of Relations, 1950.',
    'RELATIONS_SEVERED 1950-05-02 CL',
    'MISSION_CLOSED 1950-05-02 CL by US',
  ],
  [
    'Diplomatic relations were established on May 2, 1950, when the American Consulate at Arica was raised to Embassy status.',
    'Establishment of Diplomatic Relations, 1950.',
    'RELATIONS_ESTABLISHED 1950-05-02 CL',
    'RAISED_TO_EMBASSY 1950-05-02 CL',
  ],
  [
    'On May 2, 1950, after long talks, the United States severed relations with Chile, and closed its embassy.',
    'Severance of Relations, 1950.',
    'RELATIONS_SEVERED 1950-05-02 CL by US',
    'MISSION_CLOSED 1950-05-02 CL',
  ],
  [
    'Relations were resumed on May 2, 1950, when the President informed the envoy that the United States recognized the new government of Chile.',
    'Resumption of Relations, 1950.',
    'RELATIONS_RESUMED 1950-05-02 CL',
    'RECOGNIZED 1950-05-02 CL by US',
  ],
  [
    'The United States broke relations with Chile on June 18, 1812, although the envoy did not close the legation until July 29, 1812.',
    'Severance of Relations, 1812.',
    'RELATIONS_SEVERED 1812-06-18 CL by US',
    'MISSION_CLOSED 1812-07-29 CL',
  ],
])('a paragraph reports a second act: “%s”', async (paragraph, head, ...events) => {
  expect(await eventsOf(head, paragraph)).toEqual(events)
})

test('a second act cites its own words, and is left to the entry that is about it', async () => {
  const whole = await imported(
    article(
      'chile',
      'Chile',
      [
        'U.S. Recognition of Chile, 1968.',
        'The United States recognized Chile on March 12, 1968, when the Embassy was established. It closed its embassy on May 1, 1970.',
      ],
      ['Establishment of the American Embassy, 1968.', 'The Embassy was established on March 12, 1968.'],
    ),
  )
  expect(
    whole.bundle.relationEvents?.map(({ kind, title, citations }) => [
      kind,
      title,
      ...citations.map(({ exact }) => exact),
    ]),
  ).toEqual([
    [
      'RECOGNIZED',
      'U.S. Recognition of Chile',
      'U.S. Recognition of Chile, 1968.',
      'The United States recognized Chile on March 12, 1968, when the Embassy was established.',
    ],
    [
      'EMBASSY_OPENED',
      'Establishment of the American Embassy',
      'Establishment of the American Embassy, 1968.',
      'The Embassy was established on March 12, 1968.',
    ],
    ['MISSION_CLOSED', 'It closed its embassy on May 1, 1970.', 'It closed its embassy on May 1, 1970.'],
  ])
  expect(whole.anomalies).toEqual([])
})

test.each([
  ['The Chilean Embassy in Washington opened on May 3, 1950, with an envoy.', 'the mission is that of the other state'],
  ['Later the Embassy was closed.', 'its date is open'],
  ['Peru severed relations with the United States on May 3, 1950.', 'it may be about another state'],
  ['The Embassy was closed on May 3, 1950; it maintained its embassy in Lima.', 'another mission remained'],
  ['The United States recognized a committee on May 3, 1950.', 'it may be about another state'],
])('a second act that is open is reported and not imported: “%s”', async (words, reason) => {
  const whole = await imported(
    article('chile', 'Chile', ['Treaty of Trade, 1950.', `A treaty was signed on May 2, 1950. ${words}`]),
  )
  expect(whole.bundle.relationEvents?.map(({ kind }) => kind)).toEqual(['OTHER'])
  expect(whole.anomalies.map(({ reason, message }) => [reason, message])).toEqual([
    ['second-act', expect.stringContaining(reason)],
  ])
})

test.each([
  'The United States did not close the embassy on May 3, 1950.',
  'The United States did not recognize the government, and was prepared to close the embassy on May 3, 1950.',
  'If the embassy was closed on May 3, 1950, nobody noticed.',
  'An interests section was established in the Embassy of Peru on May 3, 1950.',
  'The Embassy staff was closed in on May 3, 1950.',
  'Chile severed diplomatic relations with Germany and Japan on May 3, 1950.',
  'The mission of the envoy was terminated on May 3, 1950.',
])('words that report no second act give none: “%s”', async (words) => {
  const whole = await imported(article('chile', 'Chile', ['Treaty of Trade, May 2, 1950.', words]))
  expect(whole.bundle.relationEvents?.map(({ kind }) => kind)).toEqual(['OTHER'])
  expect(whole.anomalies).toEqual([])
})

test('each post in a list becomes an event with how long it existed', async () => {
  const events = (
    await imported(
      article('chile', 'Chile', [
        'U.S. Consulates.',
        'Arica (1801-1965)',
        'Iquique (1823-current)',
        'Talca (1864-?)',
        'Osorno: Earliest Date: March 21, 1843. Latest date: December 29, 1845',
        'Ancud: Earliest Date: January 9, 1835. No extant latest date.',
        'Castro (1865-1801)',
      ]),
    )
  ).bundle.relationEvents
  expect(events?.map(({ kind, title, when }) => `${kind} ${title} ${when}`)).toEqual([
    'OTHER U.S. Consulates: Arica 1801/1965',
    'OTHER U.S. Consulates: Iquique 1823/..',
    'OTHER U.S. Consulates: Talca 1864/',
    'OTHER U.S. Consulates: Osorno 1843-03-21/1845-12-29',
    'OTHER U.S. Consulates: Ancud 1835-01-09/',
  ])
})

test('the day on which an ambassador was appointed is not that on which the embassy moved', async () => {
  expect(
    await eventsOf(
      'American Embassy Moved to Arica, 1943.',
      'He was appointed Ambassador on June 4, 1943, and resided in Arica.',
    ),
  ).toEqual(['OTHER 1943 CL'])
})

test('each entry that becomes no event is reported with its reason', async () => {
  const whole = await imported(
    article(
      'chile',
      'Chile',
      ['Whaling Industry.', 'By the 1820s, whales were caught.'],
      ['Establishment of Diplomatic Relations.', 'The two states never established diplomatic relations.'],
      ['No Consular Presence, 1850.', 'There was none.'],
      ['U.S. Recognition of Chile.', 'It was always independent.'],
      ['Consulates.', 'Arica, 1850.', 'Iquique, 1851.', 'Talca, 1852.', 'Concepcion, 1853.'],
      ['', 'The United States maintains no presence.'],
      [''],
    ),
  )
  expect(whole.bundle.relationEvents).toEqual([])
  expect(whole.rows).toEqual({ timeline: { read: 7, facts: 0, refused: 7 } })
  expect(reasonsOf(whole)).toEqual([
    'chile#1 refused: no-act',
    'chile#2 refused: not-done',
    'chile#3 refused: not-done',
    'chile#4 refused: no-date',
    'chile#5 refused: list-of-posts',
    'chile#6 refused: no-act',
    'chile#7 refused: no-act',
  ])
})

test('the other state is the one of that day that the words name', async () => {
  expect(await eventsIn('russia', 'Russia', 'Normal Diplomatic Relations Resumed, 1933.')).toEqual([
    'RELATIONS_RESUMED 1933 SUHH',
  ])
  expect(await eventsIn('russia', 'Russia', 'Establishment of Diplomatic Relations, 1809.')).toEqual([
    'RELATIONS_ESTABLISHED 1809 RU',
  ])
  expect(
    await eventsIn('germany', 'Germany', 'Prussian Recognition of the Independence of the United States, 1785.'),
  ).toEqual(['RECOGNIZED 1785 X-prussia by X-prussia'])
  expect(await eventsIn('parma', 'Parma', 'U.S. Recognition of Italian Independence, 1861.')).toEqual([
    'RECOGNIZED 1861 IT by US',
  ])
  expect(
    await eventsIn(
      'china',
      'China',
      'Establishment of Diplomatic Relations with PRC/Termination of Diplomatic Relations with the Republic of China, 1979.',
    ),
  ).toEqual(['RELATIONS_ESTABLISHED 1979 CN', 'RELATIONS_ENDED 1979 TW'])
  expect(
    await eventsIn(
      'honduras',
      'Honduras',
      'U.S. Recognition of Honduran Independence, 1824 &amp; 1853.',
      'The United States recognized the Federation of Central American States on August 4, 1824. The United States recognized Honduras on April 19, 1853.',
    ),
  ).toEqual(['RECOGNIZED 1824-08-04 X-central-american-federation by US', 'RECOGNIZED 1853-04-19 HN by US'])
})

test('an event that several articles report is one event with the words of all', async () => {
  const { bundle } = await imported(
    article('italy', 'Italy', ['U.S. Recognition of Italian Independence, 1861.']),
    article(
      'parma',
      'Parma',
      ['U.S. Recognition of Italian Independence, 1861.'],
      ['Italian Recognition of the United States, 1861.'],
      ['U.S. Recognition of Italian Independence, 1862.'],
    ),
  )
  expect(
    bundle.relationEvents?.map(({ slug, citations }) => [slug, citations.map(({ source }) => source.slice(-5))]),
  ).toEqual([
    ['rdcr-italy-recognized-1861', ['italy', 'parma']],
    ['rdcr-parma-recognized-1861', ['parma']],
    ['rdcr-parma-recognized-1862', ['parma']],
  ])
})

test('relations with a third state are not those of the article', async () => {
  expect(
    await eventsOf(
      'Diplomatic Relations Interrupted, 1944.',
      'The general broke relations with Germany on January 26, 1944.',
    ),
  ).toEqual(['RELATIONS_INTERRUPTED 1944 CL'])
})

test('the events of an article about an unknown country are imported, and this is reported', async () => {
  const whole = await imported(article('atlantis', 'Atlantis', ['Mutual Recognition, 1850.', 'It was in 1850.']))
  expect(whole.bundle.countries).toEqual([{ code: 'X-atlantis', name: 'Atlantis' }])
  expect(whole.bundle.relationEvents).toMatchObject([{ kind: 'RECOGNIZED', countries: ['US', 'X-atlantis'] }])
  expect(reasonsOf(whole)).toEqual(['atlantis#1 unknown-country'])
})

test('entries in entries, lists, captions, comments and characters beyond the BMP are read in their places', async () => {
  const path = 'rdcr/articles/chile.xml'
  const xml = article('chile', 'Chile', ['Mutual Recognition, 1823 𝔘.', 'Ⅰ 𝔘 It was accepted on May 2, 1823.'])[
    path
  ] as string
  const nested = `<div type="timeline"><head>American Embassy Closed, 1973.</head><p>The Embassy was closed on <!-- May 1 --> May 2, 1973.<list><item>One, 1950</item></list></p>
    <figure><head>A flag in 1999</head></figure>
    <div type="timeline"><head>American Embassy Reopened, 1974.</head><p>It was reopened on June 3, 1974.</p></div></div>`
  const whole = await imported({ [path]: xml.replace('</body>', `${nested}</body>`) })
  expect(whole.rows).toEqual({ timeline: { read: 3, facts: 3, refused: 0 } })
  expect(whole.bundle.relationEvents).toMatchObject([
    { kind: 'RECOGNIZED', when: '1823-05-02' },
    { kind: 'MISSION_CLOSED', when: '1973-05-02', description: 'The Embassy was closed on May 2, 1973. One, 1950' },
    { kind: 'EMBASSY_OPENED', when: '1974-06-03' },
  ])
  const letters = [...(whole.bundle.sources?.[0]?.text ?? '')]
  for (const { citations } of whole.bundle.relationEvents ?? [])
    for (const { start, end, exact } of citations) expect(letters.slice(start, end).join('')).toBe(exact)
})

test.each(databaseKinds)('events load into %s, and a second time nothing changes', async (kind) => {
  const guide = article(
    'chile',
    'Chile',
    ['Mutual Recognition, 1823.', '𝔘 It was accepted on May 2, 1823.'],
    ['German Unification, 1871.', 'Elsewhere, on January 18, 1871, states were united.'],
    ['Mutual Recognition, 1823.', 'It was accepted again on May 3, 1823.'],
  )
  const { bundle } = await imported(guide)
  expect(bundle.relationEvents?.map(({ slug }) => slug)).toEqual([
    'rdcr-chile-recognized-1823',
    'rdcr-chile-german-unification-1871',
    'rdcr-chile-recognized-1823-2',
  ])
  const database = await openEmpty(kind)
  try {
    expect(await loadBundle(database, validateBundle(bundle))).toMatchObject({ relationEvents: { created: 3 } })
    expect(await loadBundle(database, validateBundle((await imported(guide)).bundle))).toMatchObject({
      relationEvents: { created: 0, changed: 0 },
    })
  } finally {
    await database.close()
  }
})

const DATES = fc.oneof(
  fc.constantFrom(
    '1871-65',
    '1838–40',
    '1824 & 1853',
    '1946 to 1940',
    'the same day',
    'this latter date',
    'the following day',
  ),
  fc.constantFrom(
    'May 2, 1871',
    'February 30, 1871',
    'May 2',
    'May of 1871',
    '2 May 1871',
    '1870s',
    '1871',
    'May 0, 1871',
  ),
  fc.constantFrom('about May 1871', 'by 1871', 'after the 1870s', 'on or about May 2, 1871', 'before May 2, 1871'),
)
const PHRASES = fc.oneof(
  DATES,
  fc.constantFrom(
    'Diplomatic Relations',
    'American Legation',
    'Embassy',
    'Recognition',
    'Consular Relations',
    'and',
    ';',
    '/',
    '.',
    ',',
  ),
  fc.constantFrom(
    'Severed',
    'Establishment of',
    'Reopened',
    'raised to',
    'was closed',
    'recognized',
    'by Chile',
    'Italian',
    'who',
    '𝔘',
  ),
)

test('any words become valid events or a reported anomaly', async () => {
  const words = fc.array(PHRASES, { maxLength: 8 }).map((phrases) => phrases.join(' '))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 10 }), async (entries) => {
      const escaped = entries.map(
        ([head, text]) => [head.replaceAll('&', '&amp;'), text.replaceAll('&', '&amp;')] as const,
      )
      const { bundle, rows, anomalies } = await imported(article('chile', 'Chile', ...escaped))
      const refused = anomalies.filter(({ refused }) => refused).length
      expect(rows['timeline']).toEqual({ read: entries.length, facts: entries.length - refused, refused })
      const whole = validateBundle(bundle)
      const sources = new Map(
        whole.sources.map((source) => [
          source.slug,
          { ...source, published: timeSpan(source.published), editions: new Map() },
        ]),
      )
      expect(
        [...recordsOf(whole)].flatMap((item) => ('record' in item ? [...checkRecord(item, sources)] : [])),
      ).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('an article without words is reported, and the others are imported', async () => {
  const whole = await imported(
    { 'articles/empty.xml': '<TEI/>' },
    article('chile', 'Chile', ['Mutual Recognition, 1823.']),
  )
  expect(whole.bundle.sources?.map(({ slug }) => slug)).toEqual(['hsg-rdcr-articles-chile'])
  expect(reasonsOf(whole)).toEqual(['empty refused: no-act'])
})

test('a head that is much longer than any of the publisher names no act that has a kind of its own', async () => {
  const events = (length: number) => eventsOf(`Legation ${'raised to '.repeat(length / 10)}Embassy, 1823.`)
  expect(await events(500)).toEqual([expect.stringContaining('RAISED_TO_EMBASSY')])
  expect(await events(20_000)).not.toContainEqual(expect.stringContaining('RAISED_TO_EMBASSY'))
})
