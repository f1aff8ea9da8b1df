import type { FC } from 'hono/jsx'
import { useHref } from './parts/here.ts'
import { Title } from './parts/section.tsx'

/** The form that sends a key. `to` is the path to open then. */
export const SignInForm: FC<{ to: string }> = ({ to }) => (
  <form action={useHref()('key')} method="post" class="search-form">
    <label for="key">Your key. It begins with bilateral_</label>
    <span class="search-box">
      <input id="key" name="key" type="password" autocomplete="current-password" required />
      <button type="submit">Sign in</button>
    </span>
    <input type="hidden" name="to" value={to} />
  </form>
)

interface SignInProps {
  /** The key of the browser, if it has signed in. */
  readonly viewer: { readonly name: string; readonly scopes: readonly string[] } | undefined
}

/** The page at which a browser signs in with a key, and out. */
export const SignIn: FC<SignInProps> = ({ viewer }) => {
  const href = useHref()
  if (!viewer) {
    const lede = <p>The operator of this service gives you a key. This browser then stays signed in for 14 days.</p>
    return (
      <>
        <Title kind="Key" name="Sign in" isLong lede={lede} />
        <SignInForm to="/" />
      </>
    )
  }
  const lede = (
    <p>
      You may {viewer.scopes.join(', ')}. Your key is named <bdi>{viewer.name}</bdi>.
    </p>
  )
  return (
    <>
      <Title kind="Key" name="You are signed in" isLong lede={lede} />
      <form action={href('key')} method="post">
        <input type="hidden" name="leave" value="1" />
        <button type="submit" class="button">
          Sign out
        </button>
      </form>
    </>
  )
}
