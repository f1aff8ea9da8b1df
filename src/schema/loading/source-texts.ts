import DataLoader from 'dataloader'
import type { PrismaClient } from '../../generated/prisma/client.ts'

/** Loads texts of sources by slug, each at most once per request. Null if the text is not stored. */
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
