import { AgreementConnection, AgreementFilter, AgreementOrder, agreements } from './agreement.ts'
import { builder } from './builder.ts'
import { nestedList } from './lists/connection-of.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { Topic } from './topic.ts'

// Not in topic.ts: the types of these lists have topics themselves, so their files import that one.
builder.prismaObjectFields(Topic, (t) => ({
  meetings: t.field({
    type: MeetingConnection,
    description: 'Meetings about this topic or a narrower one, according to at least one statement.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Conditions that the meetings must meet. Default: none.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    ...nestedList(meetings, {
      relation: 'meetings',
      through: 'meeting',
      scope: (slug) => ({ topics: { some: { topicSlug: slug } } }),
    }),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'Statements about this topic or a narrower one.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Conditions that the statements must meet. Default: none.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    ...nestedList(statements, {
      relation: 'statements',
      through: 'statement',
      scope: (slug) => ({ topics: { some: { topicSlug: slug } } }),
    }),
  }),
  agreements: t.field({
    type: AgreementConnection,
    description: 'Agreements about this topic or a narrower one.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: AgreementFilter, description: 'Conditions that the agreements must meet. Default: none.' }),
      orderBy: t.arg({ type: AgreementOrder, description: 'Sort order. Default `NAME`.' }),
    },
    ...nestedList(agreements, {
      relation: 'agreements',
      through: 'agreement',
      scope: (slug) => ({ topics: { some: { topicSlug: slug } } }),
    }),
  }),
}))
