/** Broad topics, each with narrower ones. */
const tree: Readonly<Record<string, readonly string[]>> = {
  'Bilateral relations': ['State visits', 'Consular affairs', 'Visas', 'Cultural exchange', 'Education', 'Science'],
  'Foreign policy': ['Multilateral cooperation', 'Regional integration', 'United Nations reform', 'Human rights'],
  'International security': ['Arms control', 'Nuclear non-proliferation', 'Peacekeeping', 'Ceasefires', 'Sanctions'],
  Defence: ['Military bases', 'Joint exercises', 'Arms sales', 'Missile defence', 'Military training'],
  'Internal security': ['Terrorism', 'Organized crime', 'Drug control', 'Extradition', 'Cyber security'],
  Trade: ['Tariffs', 'Market access', 'Trade agreements', 'Customs', 'Export controls', 'Intellectual property'],
  Economy: ['Investment', 'Taxation', 'Currency', 'Public debt', 'Development aid', 'Banking'],
  Energy: ['Oil', 'Natural gas', 'Nuclear energy', 'Renewable energy', 'Electricity grids'],
  Transport: ['Aviation', 'Shipping', 'Railways', 'Ports'],
  Environment: ['Climate change', 'Water', 'Forests', 'Wildlife', 'Pollution'],
  Agriculture: ['Fisheries', 'Food security', 'Grain'],
  Migration: ['Refugees', 'Border control', 'Labour migration'],
}

const slugOf = (label: string) => label.toLowerCase().replaceAll(' ', '-')

/** 69 topics, 57 of which have a broader one. */
export const topics = Object.entries(tree).flatMap(([broad, narrower]) => [
  { slug: slugOf(broad), name: broad },
  ...narrower.map((name) => ({ slug: slugOf(name), name, broader: [slugOf(broad)] })),
])
