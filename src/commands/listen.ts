import type { Server } from 'node:net'
import { UserError } from '../errors.ts'

/** Listens on an address. Throws a UserError that names the variables, such as `METRICS_PORT` for the prefix `METRICS_`. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
  prefix = '',
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port, prefix)))
    server.listen(port, host, resolve)
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number, prefix: string): Error {
  if (error.code === 'EADDRINUSE')
    return new UserError(`port ${port} is in use on ${host}; set ${prefix}PORT to another port`)
  if (error.code === 'EACCES')
    return new UserError(`no permission to listen on port ${port}; set ${prefix}PORT to a port above 1023`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError(`cannot listen on ${host} (${error.code}); set ${prefix}HOST to an address of this machine`)
  }
  return error
}
