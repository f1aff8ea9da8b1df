import DataLoader from 'dataloader'
import type { PrismaClient } from '../../generated/prisma/client.ts'

/** The texts of sources, by slug, each read at most once a request; null where the text is not held. */
export type SourceTexts = DataLoader<string, string | null>

export const sourceTexts = (prisma: PrismaClient): SourceTexts =>
  new DataLoader(async (slugs) => {
    const sources = await prisma.source.findMany({
      where: { slug: { in: [...slugs] } },
      select: { slug: true, text: true },
    })
    const texts = new Map(sources.map(({ slug, text }) => [slug, text]))
    return slugs.map((slug) => texts.get(slug) ?? null)
  })
