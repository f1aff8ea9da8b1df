import type { Draft } from '../draft.ts'

/** Names in the person's own script, and in today's romanisation, of people whom the archive names in another. By slug. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  'mao-tse-tung-cn': ['Mao Zedong', '毛泽东', '毛澤東'],
  'chou-en-lai-cn': ['Zhou Enlai', '周恩来', '周恩來'],
  'teng-hsiao-ping-cn': ['Deng Xiaoping', '邓小平', '鄧小平'],
  'hua-guofeng-cn': ['Hua Kuo-feng', '华国锋'],
  'jiang-zemin-cn': ['江泽民'],
  'hu-jintao-cn': ['胡锦涛'],
  'wen-jiabao-cn': ['温家宝'],
  'xi-jinping-cn': ['习近平'],
  'chiang-kai-shek-cn': ['Jiang Jieshi', '蔣介石'],
  'chiang-kai-shek-tw': ['Jiang Jieshi', '蔣介石'],
  'ben-gurion-il': ['David Ben-Gurion', 'דוד בן־גוריון'],
  'golda-meir-il': ['גולדה מאיר'],
  'menachem-begin-il': ['מנחם בגין'],
  'yitzhak-rabin-il': ['יצחק רבין'],
  'shimon-peres-il': ['שמעון פרס'],
  'sharon-il': ['Ariel Sharon', 'אריאל שרון'],
  'ehud-barak-il': ['אהוד ברק'],
  'benjamin-netanyahu-il': ['Binyamin Netanyahu', 'בנימין נתניהו', 'بنيامين نتنياهو'],
  'arafat-ps': ['Yasser Arafat', 'ياسر عرفات'],
  'mahmoud-abbas-ps': ['محمود عباس'],
  'hussein-jo': ['الحسين بن طلال'],
  'nasser-eg': ['Gamal Abdel Nasser', 'جمال عبد الناصر'],
  'anwar-sadat-eg': ['أنور السادات'],
  'hosni-mubarak-eg': ['حسني مبارك'],
  'abdelfattah-said-elsisi-eg': ['Abdel Fattah el-Sisi', 'عبد الفتاح السيسي'],
  'shinzo-abe-jp': ['安倍晋三'],
  'koizumi-jp': ['Junichiro Koizumi', '小泉純一郎'],
  'moon-jae-in-kr': ['문재인'],
} // biome-ignore format: a table

/** Adds these spellings to the people whom the archive names, so that a search finds them. */
export function addSpellings(draft: Draft): void {
  for (const [slug, spellings] of Object.entries(SPELLINGS)) {
    const person = draft.people.get(slug)
    if (person) draft.people.set(slug, { ...person, names: [...new Set([...(person.names ?? []), ...spellings])] })
  }
}
