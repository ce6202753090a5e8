clients-title = Clients
clients-new = New client
clients-search = Search for a client
clients-search-hint = Name, e-mail, phone
clients-search-button = Search
clients-count = { $count ->
    [one] { $count } client
   *[other] { $count } clients
}
clients-found = { $count ->
    [0] no result
    [one] { $count } result
   *[other] { $count } results
}
clients-found-more = more than { $count } results; search for something more precise
clients-empty-title = No client yet
clients-empty-text = Clients appear here with their first booking.
clients-none-title = Nobody matches “{ $query }”
clients-none-text = Accents and capitals do not matter. Try one word less.
clients-none-button = See all clients
client-new = New client
client-name = Name
client-kind = Kind
client-kind-person = Person
client-kind-company = Company
client-kind-band = Band
client-contact = Contact
client-next = Next session
client-last = Last session
client-email = E-mail
client-phone = Phone
client-legal-name = Legal name
client-siren = SIREN
client-vat = VAT number
client-notes = Notes
client-details = Details
client-book = Book for this client
client-archived = Archived
client-owed = { $amount } to pay
client-sessions-next = Coming up
client-sessions-next-empty = Nothing planned.
client-sessions-past = Past
client-sessions-past-empty = No past session.
client-create = Create client
client-save = Save
client-changed = Somebody changed this client while you were writing.
client-changed-explained = Nothing is lost: your values are in the form, theirs are below. Save again to keep yours.
client-changed-now = Saved: { $theirs } · You: { $mine }
client-nothing = nothing
client-locked = This client can no longer be changed.
client-saved = Client saved: { $name }.
client-created = Client created: { $name }.
wrong-name-missing = Give a name.
wrong-too-long = That is too long: { $most } characters at most.
wrong-email = This e-mail address is not complete.
wrong-phone = This number is too short.
wrong-siren = A SIREN has nine digits.
wrong-vat = A VAT number starts with two letters, such as FR12345678901.
client-erase = Erase this client
client-erase-explained = When somebody asks to be forgotten (GDPR, article 17).
client-erase-heading = Erase { $name }?
client-erase-back = Back to the client
client-erase-goes = What goes, for good
client-erase-goes-file = Name, e-mail, phone, legal name, numbers and notes of the client.
client-erase-goes-sessions = Titles and notes of { $count ->
    [one] { $count } session
   *[other] { $count } sessions
}, and reasons why one was cancelled.
client-erase-goes-texts = What other sessions and other clients' notes say of them by name, e-mail or phone.
client-erase-goes-audio = Titles of { $count ->
    [one] { $count } recording
   *[other] { $count } recordings
}.
client-erase-stays = What stays, and why
client-erase-stays-invoices = { $count ->
    [one] { $count } issued invoice
   *[other] { $count } issued invoices
}, as they were issued: the law wants them kept, six years for the tax office and ten for the books.
client-erase-stays-hours = Rooms, hours and amounts, which name nobody any more.
client-erase-stays-backups = Copies in backups, until these expire, within a year. If one is restored, erase the client again.
client-erase-coming = { $count ->
    [one] { $count } coming session stays booked
   *[other] { $count } coming sessions stay booked
}, for nobody. Cancel first what is not to take place.
client-erase-sure = I have checked who it is that asks, and that nothing brings this client back.
client-erase-unsure = Nothing was erased: tick the box to say that you are sure.
client-erase-changed = Nothing was erased: somebody has changed this client meanwhile. Look again, then confirm.
client-erase-button = Erase for good
client-erase-not = Keep the client
client-erased = Erased
client-erased-name = Erased client
client-erased-session = Session
client-erased-recording = Recording
client-erased-text = [erased]
client-erased-done = The client was erased.
