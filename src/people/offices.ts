const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Last words of offices, and titles of rulers, in lower case. A hyphen can join them to affixes. */
export const HEADS = words(`
  president minister premier chancellor king queen emperor empress pope sultan emir amir shah prince princess regent
  secretary chairman chairwoman chairperson chair director governor ambassador commissioner representative envoy
  coordinator administrator mayor speaker senator leader commander chief justice councilor councillor counselor
  counsellor prosecutor adviser advisor undersecretary khedive mikado tsar czar kaiser caudillo duke duchess
  consul negotiator dictator spokesman spokesperson congressman nuncio metropolitan taoiseach tánaiste tanaiste comandante
  head executive officer member mufti prosecutor delegate captain-regent captain-general stadtholder ruler chargé
  general marshal admiral generalissimo colonel major captain commodore brigadier lieutenant sheikh sheik shaikh sheikha
  cardinal archbishop patriarch bishop ayatollah mullah imam rabbi dr. mr. mrs. ms. miss madame sir lord lady dame baron baroness
  count countess earl viscount marquess marquis maharajah maharaja nawab begum gen. lt. col. adm. maj. capt. amb. sen. gov.
  prof. professor rev. reverend archduke infante tunku tengku comrade monsignor excellency highness majesty holiness`)

/** Nouns that are offices or ranks in lower case too ("Soviet leader Brezhnev", "former president Mandela"). */
export const LOWER_HEADS = words(`
  president minister premier chancellor king queen emperor prince princess secretary chairman chairwoman chairperson director
  governor ambassador commissioner representative envoy coordinator mayor speaker senator leader commander negotiator
  adviser advisor general founder laureate candidate activist dissident spokesman head administrator chief`)

/** Ranks and forms of address. After an office ("Foreign Minister Prince Saud") they belong neither to the title nor to the name. */
export const RANKS = words(`
  prince princess sheikh sheik shaikh sheikha general marshal admiral colonel captain commodore brigadier lieutenant
  cardinal archbishop bishop patriarch dr. mr. mrs. ms. miss madame sir lord lady dame baron baroness count countess earl viscount marquess marquis gen.
  lt. col. adm. maj. capt. prof. professor rev. reverend major mullah ayatollah imam rabbi tunku tengku monsignor comrade infante`)

/** Nouns whose plural means a group, not an office: "opposition leaders". */
export const GROUPS = words(
  'leader representative activist dissident adviser advisor negotiator candidate officer member delegate commander lady sir bishop',
)

/** Forms of address that are not offices. They are omitted from titles. */
export const ADDRESS = words('dr. mr. ms. miss sir rev. reverend prof. professor comrade')

/** Peerages whose place is the name: "the Duke of Windsor". */
export const PEERS = words('duke duchess earl viscount marquess marquis count countess baron baroness')

/** Ranks that form one title with "General", "Secretary" and similar nouns. */
export const GENERAL_AFTER = words(
  'secretary director governor attorney consul inspector solicitor adjutant surgeon lieutenant major brigadier captain',
)

/** Titles of monarchs. An ordinal after the name belongs to the name. */
export const REIGNING = words('king queen emperor pope prince sultan shah princess')

/** Words that qualify an office. They stay in the title, because they change its meaning. */
export const STANDING = words(
  'former acting interim ex then outgoing incoming provisional caretaker de-facto transitional designate elect retired deposed',
)

/** Words for the field of an office, before its noun or after "of" and "for". Lower case. */
export const PORTFOLIO = words(`
  prime foreign deputy vice first second third crown grand defense defence finance interior exterior external internal home affairs
  state relations economic economy economics trade industry commerce commercial justice labor labour health education higher
  culture cultural agriculture agricultural forestry fisheries fishing food transport transportation communications telecommunications
  energy oil petroleum mines mining minerals resources natural water environment environmental climate change science technology
  scientific research planning development cooperation international national federal regional public works security information
  tourism sports sport youth women gender children family families social welfare human rights humanitarian
  immigration migration integration interior police war navy army air force forces armed military naval staff treasury
  budget revenue taxation customs investment investments industries housing urban rural infrastructure land lands maritime
  religious parliamentary legal constitutional administration administrative political european asian african arab
  commonwealth overseas colonial colonies dominions dominion northern southern eastern western central chief senior special
  general council ministers cabinet presidency presidium politburo party communist socialist labour liberal democratic
  conservative congress parliament assembly senate chamber deputies house commons representatives government joint chiefs
  supreme allied high lord permanent under assistant principal private executive board committee commission court bank central
  reserve union league organization organisation authority front movement liberation army revolutionary republic peoples
  people's people’s nations united homeland territorial refugees refugee peace reconciliation reconstruction reunification unification
  nuclear atomic digital innovation equality employment pensions insurance privatization property election electoral
  governing military ruling junta opposition majority minority islamic muslim presidential papal apostolic plenipotentiary
  extraordinary attorney inspector field surgeon solicitor lieutenant brigadier major federal governor-general civil aviation
  posts post telegraphs railways shipping ports works nation-building territories territory indigenous native
  veterans nationalities ethnic moral propaganda ideology supply supplies rebel guerrilla tribal exile exiled
  constituent provisional quartet contact group collective co-operation tranquility enlightenment counterterrorism narcotics drug
  drugs disarmament arms control political-military policy strategic affairs, trilateral bilateral heritage arts media citizenship
  mission world queen's king's state's nationalist progressive labor republican national-security tribunal crimes exchequer portfolio knesset bundestag bundesrat duma riksdag storting
  sejm diet majlis shura rada verkhovna hural folketing seimas saeima riigikogu eduskunta dail seanad loya jirga skupshtina khural bosniak serb croat kurdish`)

/** Endings of other nouns that name a field of government. */
export const PORTFOLIO_ENDING =
  /(tion|tions|sion|ization|isation|ology|ment|ture|ics|ity|ities|ism|ance|ence|ship|ries)$/

/** Nouns that show that capitalized words name a body, a place or a thing, not a person. Lower case. */
export const THINGS = words(`
  center centre university college school institute institution hospital airport base city street avenue square mosque church cathedral
  temple synagogue palace castle museum library memorial monument cemetery tomb park bridge canal dam island islands lake river
  mountain mountains peninsula sea ocean gulf strait valley desert region province county district village town prison camp
  foundation association society club company corporation bank fund party council committee commission congress parliament assembly
  senate court government ministry department office agency bureau embassy consulate mission delegation group organization
  organisation union league alliance coalition community commonwealth federation confederation front movement army navy marines guard forces
  force corps troops command visit visits lunch luncheon dinner breakfast reception treaty agreement accord accords protocol convention charter pact plan initiative program doctrine
  declaration summit conference meeting forum session dialogue talks negotiations consultations council seminar symposium
  prize award medal order day week anniversary games olympics war peace crisis process authority states nations republic
  kingdom empire leaders officials ministers presidents representatives members heads students veterans families troops businessmen
  women's women’s society civil air highway road hotel house hall building tower stadium theater theatre field
  security cooperation development trade defense rights countries parties tribunal dock docks gardens gymnasium barracks headquarters factory refinery plant reservoir market falls beach bay hill hills fort arch gate station terminal port harbor harbour ship carrier ridge heights garden
  zoo statue grave birthplace mansion residence ranch farm estate villa chapel shrine basilica abbey monastery seminary clinic orphanage
  complex academy cup exhibition fair expo uss navy`)

/** Those of them that are also family names. They name a place only after a verb of visiting. */
export const SURNAMES = words(
  'park hall house field church day bank temple castle street hill hills lake garden club town bay fort ridge gate war force',
)
