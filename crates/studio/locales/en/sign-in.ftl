sign-in-title = Sign in
sign-in-email = E-mail address
sign-in-password = Password
sign-in-button = Sign in
sign-in-lost = Forgotten password? Ask the studio's owner for a new link.
sign-in-wrong = This address and this password do not go together. Check them and try again.
sign-in-wait = Too many attempts. Wait { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}, then try again.
sign-in-busy = Too many people are signing in at once. Wait a moment and try again.
sign-in-again = You are no longer signed in. Sign in to go on; what you had opened is waiting for you.
signed-out = You are signed out.
link-title = Choose a password
link-welcome = Welcome, { $name }
link-explained = Choose the password you will sign in with, together with the address { $email }.
link-password = New password
link-password-hint = At least { $least } characters. A short sentence is easy to remember.
link-password-short = This password is too short: it needs at least { $least } characters.
link-password-long = This password is too long: it may have at most { $most } characters.
link-password-email = The password must not be your e-mail address.
link-button = Save and enter
link-keeps-password = The studio is read-only for now, so the password of { $email } stays as it is. This link lets you in once.
link-enter = Enter the studio
link-over-title = This link no longer works
link-over-explained = A sign-in link works once and for a limited time. If you have already chosen a password, sign in; otherwise, ask the studio's owner for a new link.
link-over-button = Go to sign-in
