sign-in-title = Sign in to the console
sign-in-email = E-mail address
sign-in-password = Password
sign-in-code = One-time code
sign-in-code-hint = Only if you have set one up.
sign-in-button = Sign in
sign-in-lost = No password yet? Where you use the command line, cloison console prints a link that lets you in.
sign-in-wrong = The e-mail or the password is wrong, or the user is disabled.
sign-in-code-needed = This account needs a one-time code. Type the password again, and the code that your authenticator shows.
sign-in-code-wrong = The one-time code is wrong, or was used before. Wait for the next one.
sign-in-wait = Too many attempts. Wait { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}, then try again.
sign-in-busy = Too many people are signing in at once. Wait a moment and try again.
sign-in-unavailable = The control database does not answer, so nobody can be signed in. Tenants are served on. Try again once it runs.
sign-in-forbidden = Your role does not see all that the console shows. Ask an owner.
sign-in-again = You are no longer signed in. Sign in to go on.
signed-out = You are signed out.
link-title = Enter the console
link-explained = This link signs you in as { $email }, once.
link-button = Enter the console
link-over-title = This link no longer works
link-over-explained = It works once, and for an hour. For another: cloison console
link-over-button = Go to sign-in
