trouble-control-database-down = The control database does not answer
trouble-control-database-down-means = Tenants that this process knows are served on. Nothing can be created, changed, backed up or migrated until it answers.
trouble-master-key-missing = This process cannot open sealed passwords
trouble-master-key-missing-means = Its master key is missing, or is not that of this control database. Tenants whose password it has not in memory are not served.
trouble-server-down = Server { $server } is down
trouble-server-down-means = It gives no answer. No tenant there is served; none of the others is affected.
trouble-http-errors = { $share } of the requests fail
trouble-http-errors-means = In the last five minutes so many were answered with a status of 500 or above. People see an error page.
trouble-erased-tenant-seen = { $tenants ->
    [one] Data of { $tenants } erased tenant is on a server again
   *[other] Data of { $tenants } erased tenants is on a server again
}
trouble-erased-tenant-seen-means = They have a certificate that they are gone, and there is a database or a role of theirs. Most likely a server was restored from before the erasure.
trouble-ai-credits-out-of-step = { $tenants ->
    [one] The AI credits of { $tenants } studio do not add up
   *[other] The AI credits of { $tenants } studios do not add up
}
trouble-ai-credits-out-of-step-means = What a studio may spend is not what its ledger, its grants and its reservations come to. Most likely a row was changed by hand.
trouble-tenant-held-back = A tenant has been { $phase } for { $time }
trouble-tenant-held-back-means = In this phase its requests are held back, so its visitors wait.
trouble-disk-nearly-full = The disk of server { $server } has { $share } left
trouble-disk-nearly-full-means = When it is full, PostgreSQL stops, and with it every tenant there.
trouble-transaction-id-age = Server { $server } is running out of transaction ids
trouble-transaction-id-age-means = Its oldest is { $age } transactions old. At 2.1 billion PostgreSQL refuses to write. Something keeps vacuum from its work.
trouble-archive-stalled = Nothing of server { $server } was archived for { $time }
trouble-archive-stalled-means = There is something to be archived. If it were lost now, so would be all that its tenants wrote in that time. Its disk fills up until this is mended.
trouble-rollout-halted = Rollout { $number } has halted
trouble-rollout-halted-means = More tenants have failed than it was allowed, so it starts no more. Part of the fleet is at the new version and part at the old one until somebody decides.
trouble-migration-failed = { $tenants ->
    [one] The migration of { $tenants } tenant has failed
   *[other] The migration of { $tenants } tenants has failed
}
trouble-migration-failed-means = They are quarantined: they stand at an older version and take part in no rollout until somebody has them tried again. They are served as long as the build works with that version.
trouble-rollout-failed = Rollout { $number } has failed
trouble-rollout-failed-means = It has ended with an error, in most cases on the copies that it tries the files on, before any tenant is touched.
trouble-backup-overdue = { $tenants ->
    [one] { $tenants } tenant has no backup of the last 26 hours
   *[other] { $tenants } tenants have no backup of the last 26 hours
}
trouble-backup-overdue-means = The last night was missed. What they wrote since their newest backup is only on their server and in its archive.
trouble-control-backup-overdue = The newest backup of the control database is { $time } old
trouble-control-backup-overdue-means = One is due every hour. If it were lost now, what was ordered and changed since would have to be put together again by hand.
trouble-drill-failing = { $tenants ->
    [one] The backup of { $tenants } tenant could not be restored in a drill
   *[other] The backups of { $tenants } tenants could not be restored in a drill
}
trouble-drill-failing-means = Until a drill passes, count on an older backup or the server’s archive for them.
trouble-past-drill-failing = Server { $server } could not be taken back to a moment
trouble-past-drill-failing-means = The last trial from its own archive failed. Do not count on a point in time there; nightly backups are not concerned.
trouble-certificate-failing = { $count ->
    [one] The certificate of { $count } domain is refused by browsers, or nobody answers there
   *[other] The certificates of { $count } domains are refused by browsers, or nobody answers there
}
trouble-certificate-failing-means = Whoever goes to the studio by its own domain sees a warning, or nothing. Under its subdomain it is there.
trouble-seats-exhausted = All connections of this process to { $server } are in use
trouble-seats-exhausted-means = { $count ->
    [one] { $count } request waits for one.
   *[other] { $count } requests wait for one.
} Every tenant there gets slower; soon requests are turned away.
trouble-tenant-database-large = { $count ->
    [one] The database of { $tenant } has { $size }
   *[other] { $count } databases are over 10 GB; that of { $tenant } has { $size }
}
trouble-tenant-database-large-means = Over 10 GB a backup, a restore and a migration take so long that they are to be planned.
trouble-tenant-stuck = A tenant has been { $phase } for { $time }
trouble-tenant-stuck-means = That takes seconds when all is well. A customer waits for the first sign-in, or for the proof that everything is gone.
trouble-operation-stuck = { $count ->
    [one] { $count } operation of kind { $kind } does not get on
   *[other] { $count } operations of kind { $kind } do not get on
}
trouble-operation-stuck-means = They wait after a failure, the oldest for over half an hour. Each is tried again by itself, and says what it waits for.
trouble-replica-lag = Replica { $replica } of { $server } is { $time } behind
trouble-replica-lag-means = If the server were lost now, so would be what was written in that time.
trouble-archive-failing = Server { $server } fails to archive its log
trouble-archive-failing-means = What was written since cannot be had again at a point in time, and the log piles up on its disk.
trouble-backup-slow = A backup has been running for { $time }
trouble-backup-slow-means = Half an hour is the limit. While it reads, vacuum cannot clean that database up, and the backups behind it wait.
trouble-tenant-without-backup = { $tenants ->
    [one] { $tenants } tenant has no backup at all
   *[other] { $tenants } tenants have no backup at all
}
trouble-tenant-without-backup-means = If their server were lost, so would they be. One that was just made is backed up within the hour.
trouble-backup-failing = { $tenants ->
    [one] The last backup of { $tenants } tenant has failed
   *[other] The last backup of { $tenants } tenants has failed
}
trouble-backup-failing-means = Older backups are untouched. It is tried again by itself, after five minutes at first and after six hours at last.
trouble-backup-broken = { $count ->
    [one] { $count } backup cannot be restored
   *[other] { $count } backups cannot be restored
}
trouble-backup-broken-means = They were read and are not what they say of themselves: bytes are wrong or missing, or a signature does not fit. Others are made in their place; what damaged these may damage more.
trouble-drill-overdue = { $tenants ->
    [one] { $tenants } tenant has had no drill for too long
   *[other] { $tenants } tenants have had no drill for too long
}
trouble-drill-overdue-means = Their newest backups were not restored for a trial in 37 days, so nobody knows whether they could be.
trouble-archive-off = Server { $server } archives nothing
trouble-archive-off-means = Its tenants can be taken back to their last nightly backup and to no moment after it.
trouble-spares-missing = Server { $server } has { $ready } of { $wanted } databases ready
trouble-spares-missing-means = New tenants are still made, but slower. After a start, or when many were made at once, it takes some minutes.
trouble-domain-failing = { $count ->
    [one] { $count } domain of a studio does not pass its check
   *[other] { $count } domains of studios do not pass their check
}
trouble-domain-failing-means = Its DNS leads elsewhere, or the record that proves whose it is has gone. Most likely the studio has changed something; it is served as before until its domain is removed.
trouble-certificate-ending = { $count ->
    [one] The certificate of { $count } domain ends in { $time }
   *[other] The certificates of { $count } domains end soon, the first in { $time }
}
trouble-certificate-ending-means = Over three quarters of its life it was not renewed, so whatever renews it fails. Once it has ended, browsers refuse the domain.
trouble-domain-checks-overdue = The checks of domains are { $time } late
trouble-domain-checks-overdue-means = Domains that were added do not come into use, and nobody is told of those that fail. A worker does this.
trouble-tenant-over-limit = Studios use all that their plan allows: { $size } by the size of their database, { $requests } by the requests of today
trouble-tenant-over-limit-means = Nothing is refused because of it. Whether they are to pay for more, or to use less, is for somebody to decide.
trouble-webhook-disabled = { $count ->
    [one] { $count } webhook endpoint is sent nothing any more
   *[other] { $count } webhook endpoints are sent nothing any more
}
trouble-webhook-disabled-means = It has failed for too long, or somebody has disabled it. What happens meanwhile can be sent later.
