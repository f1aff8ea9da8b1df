import type { Plugin } from 'graphql-yoga'

export function usePlayground(): Plugin {
  return {}
}
