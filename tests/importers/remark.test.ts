import { describe, expect, test } from 'vitest'
import { readRemark, readTitledName } from '../../src/importers/history-state-gov/remarks/remark.ts'

/** People of each meeting as "title|name|country". */
const met = (remark: string) =>
  readRemark(remark).meetings.map(({ people }) =>
    people.map(({ title = '', name, country }) => [title, name, ...(country ? [country] : [])].join('|')),
  )
const named = (text: string) => readTitledName(text).map(({ title = '', name }) => `${title}|${name}`)

describe('who was met', () => {
  test('a meeting has its people with their offices, and its place if the remark gives one', () => {
    const remark = 'Met with British Prime Minister Attlee and Karl Gruber, Foreign Minister of Austria.'
    expect(readRemark(remark)).toEqual({
      meetings: [
        {
          people: [
            { title: 'Prime Minister', name: 'Attlee', country: 'GB', start: 9, end: 38 },
            { title: 'Foreign Minister', name: 'Karl Gruber', country: 'AT', start: 43, end: 83 },
          ],
          start: 0,
          end: 83,
        },
      ],
      unread: [],
      unnamed: [],
    })
  })

  test.each([
    ['Private meeting with Prime Minister Eden.', [['Prime Minister|Eden']]],
    ['Conferred informally with Premier Chou En-lai.', [['Premier|Chou En-lai']]],
    ['Audience with Pope John Paul II.', [['Pope|John Paul II']]],
    ['Was received by Sultan Qaboos bin Said.', [['Sultan|Qaboos bin Said']]],
    ['Briefed King Hussein on the peace process.', [['King|Hussein']]],
    ['Discussed the war with Iraq with President Assad.', [['President|Assad']]],
    ['Accompanied President Bush to a meeting with President Mitterrand.', [['President|Mitterrand']]],
    ['In Prague, met with Prime Minister Babis.', [['Prime Minister|Babis']]],
    ['Visited El Paso in an exchange of visits with President Taft.', [['President|Taft']]],
    ['Informal visit; met with President Bayar.', [['President|Bayar']]],
  ])('%s', (remark, people) => expect(met(remark)).toEqual(people))

  test('people met separately, or after another "with", have separate meetings', () => {
    expect(met('Met separately with King Hassan II and Crown Prince Hassan.')).toEqual([
      ['King|Hassan II'],
      ['Crown Prince|Hassan'],
    ])
    expect(met('Met with President Giscard and with President Houphouet-Boigny of the Ivory Coast.')).toEqual([
      ['President|Giscard'],
      ['President|Houphouet-Boigny|CI'],
    ])
  })

  test.each([
    ['Attended the Yalta Conference with Marshal Stalin and Prime Minister Churchill.', true],
    ['Held a trilateral meeting with Prime Minister Netanyahu and President Sisi.', true],
    ['Met jointly with Prime Minister Rabin and Chairman Arafat.', true],
    ['Met with Prime Minister Begin together with President Sadat.', true],
    ['Conference with President De Gaulle, Prime Minister Macmillan, and Chancellor Adenauer.', true],
    ['Had lunch with King Hussein and Prime Minister Rabin.', true],
    ['Met with Prime Minister Sharon and President Abbas in Geneva for talks among the three.', true],
    ['Met with Prime Minister Sharon and President Abbas.', undefined],
    ['Met with Prime Minister Singh and President Hu at the Nuclear Security Summit.', undefined],
    ['Held talks with Prime Minister Sharon and President Abbas.', undefined],
    ['Discussed a peace conference with King Hussein and Foreign Minister Masri.', undefined],
    ['Conferred in conference with King Hussein and Foreign Minister Masri.', undefined],
    ['Met separately with Prime Minister Sharon and President Abbas.', undefined],
  ])('%s says that they met together: %s', (remark, together) => {
    expect(readRemark(remark).meetings.at(-1)?.together).toBe(together)
  })

  test('two subjects that were discussed with two people are two meetings', () => {
    expect(met('Discussed Suez with Prime Minister Mollet and the Berlin question with Chancellor Adenauer.')).toEqual([
      ['Prime Minister|Mollet'],
      ['Chancellor|Adenauer'],
    ])
  })

  test('a list continues after a place, a date, a semicolon and a group', () => {
    expect(met('Met with King Hussein in Amman, senior officials, and President Mubarak on May 4.')).toEqual([
      ['King|Hussein', 'President|Mubarak'],
    ])
    expect(met('Met with Emperor Akihito of Japan; King Juan Carlos I; and Prime Minister Prem.')).toEqual([
      ['Emperor|Akihito|JP', 'King|Juan Carlos I', 'Prime Minister|Prem'],
    ])
  })

  test('the conference is identified by its own name, not by a general word', () => {
    expect(readRemark('Met with President Hu at the Nuclear Security Summit in Seoul.').meetings[0]?.summit).toBe(
      'Nuclear Security Summit',
    )
    expect(readRemark('Attended the Yalta Conference with Marshal Stalin.').meetings[0]?.summit).toBe(
      'Yalta Conference',
    )
    expect(readRemark('Summit meeting with President Putin.').meetings[0]).not.toHaveProperty('summit')
  })
})

describe('offices', () => {
  test('a plural office applies to each person, and parentheses give countries', () => {
    expect(met('Met with Presidents Museveni (Uganda), Kagame of Rwanda, Kenyatta, and Prime Minister Abiy.')).toEqual([
      ['President|Museveni|UG', 'President|Kagame|RW', 'President|Kenyatta', 'Prime Minister|Abiy'],
    ])
  })

  test.each([
    ['PLO Chairman Arafat', 'PLO Chairman|Arafat'],
    ['NATO Secretary General Javier Solana', 'NATO Secretary General|Javier Solana'],
    ['Palestinian Authority President Abbas', 'President|Abbas|PS'],
    [
      'Minister of Agriculture, Forestry and Fisheries Taro Kono',
      'Minister of Agriculture, Forestry and Fisheries|Taro Kono',
    ],
    ['Minister for Magic Cornelius Fudge', 'Minister for Magic|Cornelius Fudge'],
    [
      'Deputy Prime Minister and Foreign Minister Hor Namhong',
      'Deputy Prime Minister and Foreign Minister|Hor Namhong',
    ],
    ['Acting Spanish Foreign Minister Josep Borrell', 'Acting Foreign Minister|Josep Borrell|ES'],
    ['former South African President Mandela', 'former President|Mandela|ZA'],
    ['Prime Minister-designate Salam Fayyad', 'Prime Minister-designate|Salam Fayyad'],
    ['Foreign Minster Sharaa', 'Foreign Minster|Sharaa'],
    ['President of Georgia Salome Zourabichvili', 'President|Salome Zourabichvili|GE'],
    ['the President of Mexico, Adolfo Lopez Mateos', 'President|Adolfo Lopez Mateos|MX'],
    ['Peru’s Foreign Minister Néstor Popolizio', 'Foreign Minister|Néstor Popolizio|PE'],
    ['Foreign Minister Prince Saud', 'Foreign Minister|Saud'],
    ['Chief Palestinian Negotiator Saeb Erekat', 'Chief Negotiator|Saeb Erekat|PS'],
    ['Minister of Defense General Wardak', 'Minister of Defense|Wardak'],
    ['His Holiness Pope Francis', 'Pope|Francis'],
    ['Lt. Col. Jerry Rawlings', 'Lt. Col.|Jerry Rawlings'],
    ['Korean President Park', 'President|Park'],
  ])('%s', (text, person) => expect(met(`Met with ${text}.`)).toEqual([[person]]))
})

describe('names', () => {
  test.each([
    'Giscard d’Estaing',
    'Hamad bin Isa Al Khalifa',
    'van Agt',
    'Couve de Murville',
    'Ould Abdel Aziz',
    "O'Neill",
    'Cavaco e Silva',
    'F.W. de Klerk',
    'Tommy E. Remengesau, Jr.',
    'Moon Jae-in',
    'Erdoğan',
    'Major',
    'Mackenzie King',
    'May',
  ])('%s', (name) =>
    expect(met(`Met with Prime Minister ${name} and signed a treaty.`)).toEqual([[`Prime Minister|${name}`]]),
  )

  test('a name ends before dates, purposes and the next sentence', () => {
    expect(met('Met with King Carlos I. Attended the opera.')).toEqual([['King|Carlos I']])
    expect(met('Met with Prime Minister May May 4 to discuss the views of President Macron.')).toEqual([
      ['Prime Minister|May'],
    ])
    expect(met('Met with Prime Minister Hun Sen. Attended the opera.')).toEqual([['Prime Minister|Hun Sen']])
    expect(met('Met with President Taft Left Washington May 2.')).toEqual([['President|Taft']])
  })

  test('spaces and line breaks within a name become one space', () => {
    expect(met('Met with Prime\n   Minister Lloyd\n   George.')).toEqual([['Prime Minister|Lloyd George']])
  })
})

describe('who was not met', () => {
  test.each([
    'Attended the funeral of King George VI.',
    'Accompanied President Bush.',
    'Official Working Visit.',
    'Delivered a message on behalf of President Carter.',
    'Visited the King Hussein Mosque and the Queen Elizabeth Hospital.',
    'Addressed Parliament and laid a wreath at the tomb of President Ataturk.',
    'Met with senior officials, opposition leaders, and representatives of the people.',
    'Attended the commissioning of a ship with President Obama.',
    'With Secretary Kissinger, visited Petra.',
    'Met with the wife of former Prime Minister Anwar Ibrahim.',
    'Signed a consular convention with Poland.',
    'Met with relatives of the late Prime Minister Rabin and President Sadat.',
    'Visited Queen Victoria Market and President Lincoln’s birthplace.',
    'Attended a meeting chaired by President Nyerere.',
    'Accompanied by Queen Sirikit.',
  ])('%s', (remark) => expect(readRemark(remark)).toMatchObject({ meetings: [], unread: [] }))

  test.each([
    ['Meeting with President Nasser was cancelled.', 'Meeting with President Nasser was cancelled'],
    ['Stopped en route to a meeting with President Sukarno.', 'Stopped en route to a meeting with President Sukarno'],
    ['Spoke with President Yeltsin by telephone.', 'Spoke with President Yeltsin by telephone'],
    ['Exchanged letters with King Faisal.', 'Exchanged letters with King Faisal'],
    ['Presented a proposal to President Assad.', 'Presented a proposal to President Assad'],
    ['Nakasone and Foreign Minister Abe.', 'Nakasone and Foreign Minister Abe'],
    ['Attended the NATO Summit with President Obama.', 'President Obama'],
    ["Met with President Sadat's advisers.", "President Sadat's advisers"],
  ])('%s is in doubt', (remark, unread) =>
    expect(readRemark(remark)).toEqual({ meetings: [], unread: [unread], unnamed: [] }),
  )

  test('a report about other meetings is not a meeting', () => {
    expect(met('Briefed Prime Minister Thatcher on his talks with General Secretary Gorbachev.')).toEqual([
      ['Prime Minister|Thatcher'],
    ])
    expect(met('Discussed his meeting with General Secretary Gorbachev with Prime Minister Thatcher.')).toEqual([
      ['Prime Minister|Thatcher'],
    ])
    expect(met('Met with President Karzai; Ambassador Cunningham also attended.')).toEqual([['President|Karzai']])
  })
})

describe('a meeting with people whom the remark does not name', () => {
  test.each([
    ['Met with senior officials.', ['Met with senior officials']],
    ['Met with members of Thai civil society.', ['Met with members of Thai civil society']],
    ['Met with President Sadat and opposition leaders.', ['opposition leaders']],
    ['Met with the Human Rights Commission and with Foreign Minister Primakov.', ['the Human Rights Commission']],
    ['Met with Bosnian, Bosnian Serb, and NATO officials.', ['Bosnian', 'Bosnian Serb']],
    ['Met with senior Thai officials.', []],
    ['Met with President Sadat; also met with opposition leaders.', ['also met with opposition leaders']],
    ['Attended the opera. Conferred with French; left May 6.', ['Conferred with French']],
    ['Discussed the situation in Laos.', ['Discussed the situation in Laos']],
    ['Met with President Sadat. Discussed the situation in Laos.', []],
    ['Informal meeting at Newport.', ['Informal meeting at Newport']],
    ['Met with King Fahd; met with Foreign Minister Saud.', []],
    ['Attended NATO Ministerial Meeting.', []],
    [
      'Led, with the Secretary, the U.S.-India 2+2 Ministerial Dialogue. Met with President Nixon.',
      ['Led, with the Secretary, the U.S.-India 2+2 Ministerial Dialogue'],
    ],
    ['Attended Middle East peace talks.', ['Attended Middle East peace talks']],
    ['Discussed the peace talks with President Nixon.', []],
  ])('%s', (remark, unnamed) => expect(readRemark(remark).unnamed).toEqual(unnamed))
})

describe('attendees without a name', () => {
  /** The attendees of each meeting: words → state or organization; `!` for an organization itself. */
  const unnamed = (remark: string) =>
    readRemark(remark).meetings.map(({ people }) =>
      people.map(({ unnamed, name }) =>
        unnamed
          ? `${unnamed.words} → ${unnamed.country ?? unnamed.organization ?? '?'}${unnamed.itself ? '!' : ''}`
          : name,
      ),
    )

  test.each([
    [
      'the Foreign Ministers of France and Germany',
      ['Foreign Minister of France → FR', 'Foreign Minister of Germany → DE'],
    ],
    ['the British and French Foreign Ministers', ['British Foreign Minister → GB', 'French Foreign Minister → FR']],
    [
      'the Prime Ministers of Barbados, Antigua and Barbuda, and Trinidad and Tobago',
      [
        'Prime Minister of Barbados → BB',
        'Prime Minister of Antigua and Barbuda → AG',
        'Prime Minister of Trinidad and Tobago → TT',
      ],
    ],
    [
      'the heads of state and government of Canada and Poland',
      ['head of state and government of Canada → CA', 'head of state and government of Poland → PL'],
    ],
    ['the Amir of Kuwait', ['Amir of Kuwait → KW']],
    ['South Korea’s Foreign Minister', ['South Korea’s Foreign Minister → KR']],
    ['the Russian Foreign and Defense Ministers', ['Russian Foreign and Defense Ministers → RU']],
    ['the Presidents of the Baltic States', ['Presidents of the Baltic States → ?']],
    [
      'the Foreign Ministers of countries contributing troops',
      ['Foreign Ministers of countries contributing troops → ?'],
    ],
    ['the NATO Council', ['NATO Council → NATO Council!']],
    ['the GCC', ['GCC → GCC!']],
    [
      'Gulf Cooperation Council Foreign Ministers',
      ['Gulf Cooperation Council Foreign Ministers → Gulf Cooperation Council'],
    ],
    [
      'the Foreign Ministers of the Gulf Cooperation Council and the United Kingdom',
      [
        'Foreign Ministers of the Gulf Cooperation Council → Gulf Cooperation Council',
        'Foreign Minister of the United Kingdom → GB',
      ],
    ],
    ['the EU and Swiss Foreign Ministers', ['EU Foreign Ministers → EU', 'Swiss Foreign Minister → CH']],
    ['senior Israeli officials', ['senior Israeli officials → IL']],
    [
      'senior Israeli officials and Palestinian representatives',
      ['senior Israeli officials → IL', 'Palestinian representatives → PS'],
    ],
    ['senior Korean and Japanese officials', ['senior Korean officials → ?', 'senior Japanese officials → JP']],
    ['senior NATO and OSCE officials', ['senior NATO officials → NATO', 'senior OSCE officials → OSCE']],
    ['representatives of the Contact Group', ['representatives of the Contact Group → Contact Group']],
    ['Syrian opposition leaders', ['Syrian opposition leaders → ?']],
    ['President Sadat and senior Egyptian officials', ['Sadat', 'senior Egyptian officials → EG']],
  ])('with %s', (words, attendees) => expect(unnamed(`Met with ${words}.`)).toEqual([attendees]))

  test.each([
    ['Attended the 9th Session of the North Atlantic Council.', [['North Atlantic Council → North Atlantic Council!']]],
    ['Attended OAS General Assembly meeting.', [['OAS General Assembly → OAS General Assembly!']]],
    ['Met with members of Belarus civil society.', []],
    ['Met with U.S. Marines.', []],
    ['Met with members of the Governing Council.', []],
    ['Attended a ceremony with American troops.', []],
    ['Briefed NATO Foreign Ministers on his visit to Moscow.', [['NATO Foreign Ministers → NATO']]],
    [
      'Attended “Red Sea Summit” with the leaders of Jordan and Egypt, and with Palestinian Prime Minister Abbas.',
      [['leaders of Jordan → JO', 'leaders of Egypt → EG', 'Abbas']],
    ],
  ])('%s', (remark, meetings) => expect(unnamed(remark)).toEqual(meetings))
})

describe('fields with names', () => {
  test.each([
    ['King Kalakaua', ['King|Kalakaua']],
    ['President Dr. José Figueres', ['President|José Figueres']],
    ['Prime Minister and Mrs. Churchill', ['Prime Minister|Churchill']],
    ['President Figueres and Mrs. Figueres', ['President|Figueres']],
    ['Mrs. Sirimavo Bandaranaike', ['|Sirimavo Bandaranaike']],
    ['Queen Elizabeth II and Prince Philip', ['Queen|Elizabeth II', 'Prince|Philip']],
    [
      'President Anwar Sadat, Prime Minister Mustafa Khalil',
      ['President|Anwar Sadat', 'Prime Minister|Mustafa Khalil'],
    ],
    ['Premier & Prince Sihanouk', ['Premier & Prince|Sihanouk']],
    ['Governor General Earl of Athlone', ['Governor General|Earl of Athlone']],
    ['Prime MinisterHaidar al- Abadi', ['Prime Minister|Haidar al-Abadi']],
    ['Prime Minister J.M.G.M. (Tom) Adams', ['Prime Minister|J.M.G.M. (Tom) Adams']],
    ['Acting President Park', ['Acting President|Park']],
    ['King', []],
    ['', []],
  ])('%s', (text, people) => expect(named(text)).toEqual(people))
})

describe('unkind texts', () => {
  const LONG = 100_000
  test.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['punctuation', '.,;:!?()[]{}“”‘’—–-…'.repeat(LONG / 20)],
    ['one word', 'A'.repeat(LONG)],
    ['initials', 'A.'.repeat(LONG / 2)],
    ['hyphens', 'Vice-'.repeat(LONG / 5)],
    ['apostrophes', "d'".repeat(LONG / 2)],
    ['a surrogate without its other half', 'Met with \ud800\udc00\ud800'],
  ])('%s names nobody', (_, text) => {
    expect(readRemark(text).meetings).toEqual([])
    expect(readTitledName(text).filter(({ title }) => title)).toEqual([])
  })

  test.each([
    ['people', 'Met with President Sadat and ', 28],
    ['meetings', 'met with President Sadat, ', 26],
    ['offices', 'Met with Deputy Foreign Prime ', 29],
    ['countries', 'with the Presidents of Mali, Niger and ', 38],
    ['parentheses', 'Met with President A (', 22],
    ['verbs', 'met discussed attended with ', 28],
    ['clauses', 'met with the Presidents of Mali; ', 33],
    ['portfolios', 'Minister of Trade and Industry and ', 35],
  ])('many %s take time proportional to their number', (_, part, length) => {
    const time = (size: number) => {
      const started = process.cpuUsage()
      readRemark(part.repeat(size / length))
      return process.cpuUsage(started).user / 1_000
    }
    time(LONG)
    // Ten times the text takes ten times as long; a hundred times would be a bug.
    expect(time(LONG)).toBeLessThan(40 * time(LONG / 10) + 100)
  })

  test('every range is where the name is', () => {
    const remark =
      '🌍 Met with Président Ngô Đình Diệm, the Duke of Windsor; also met with Premier Nikita S. Khrushchev.'
    for (const { people } of readRemark(remark).meetings) {
      for (const { name, start, end } of people) expect(remark.slice(start, end)).toContain(name)
    }
  })
})
