trouble-control-database-down = La base de contrôle ne répond pas
trouble-control-database-down-means = Les studios que ce processus connaît restent servis. Rien ne peut être créé, changé, sauvegardé ni migré avant qu’elle réponde.
trouble-master-key-missing = Ce processus ne peut pas ouvrir les mots de passe scellés
trouble-master-key-missing-means = Sa clé maîtresse manque, ou n’est pas celle de cette base de contrôle. Les studios dont il n’a pas le mot de passe en mémoire ne sont pas servis.
trouble-server-down = Le serveur { $server } est arrêté
trouble-server-down-means = Il ne répond pas. Aucun de ses studios n’est servi ; les autres ne sont pas touchés.
trouble-http-errors = { $share } des requêtes échouent
trouble-http-errors-means = Sur les cinq dernières minutes, elles ont reçu un statut de 500 ou plus. Les gens voient une page d’erreur.
trouble-erased-tenant-seen = { $tenants ->
    [one] Des données de { $tenants } studio effacé sont de nouveau sur un serveur
   *[other] Des données de { $tenants } studios effacés sont de nouveau sur un serveur
}
trouble-erased-tenant-seen-means = Un certificat atteste leur effacement, et il y a une base ou un rôle à eux. Le plus probable : un serveur a été restauré d’avant l’effacement.
trouble-ai-credits-out-of-step = { $tenants ->
    [one] Les crédits IA de { $tenants } studio ne tombent pas juste
   *[other] Les crédits IA de { $tenants } studios ne tombent pas juste
}
trouble-ai-credits-out-of-step-means = Ce qu’un studio peut dépenser n’est pas ce que donnent son journal, ses octrois et ses réservations. Le plus probable : une ligne a été changée à la main.
trouble-tenant-held-back = Un studio est en { $phase } depuis { $time }
trouble-tenant-held-back-means = Dans cette phase ses requêtes sont retenues : ses visiteurs attendent.
trouble-disk-nearly-full = Il reste { $share } du disque du serveur { $server }
trouble-disk-nearly-full-means = Quand il sera plein, PostgreSQL s’arrêtera, et tous ses studios avec lui.
trouble-transaction-id-age = Le serveur { $server } va manquer de numéros de transaction
trouble-transaction-id-age-means = Le plus ancien date de { $age } transactions. À 2,1 milliards PostgreSQL refuse d’écrire. Quelque chose empêche vacuum de travailler.
trouble-archive-stalled = Rien du serveur { $server } n’a été archivé depuis { $time }
trouble-archive-stalled-means = Il y a pourtant de quoi archiver. S’il était perdu maintenant, tout ce que ses studios ont écrit depuis le serait aussi. Son disque se remplit tant que ce n’est pas réparé.
trouble-rollout-halted = Le déploiement { $number } s’est arrêté
trouble-rollout-halted-means = Il y a eu plus d’échecs que permis : il ne commence plus rien. Une partie du parc est à la nouvelle version, l’autre à l’ancienne, jusqu’à ce que quelqu’un décide.
trouble-migration-failed = { $tenants ->
    [one] La migration de { $tenants } studio a échoué
   *[other] La migration de { $tenants } studios a échoué
}
trouble-migration-failed-means = Ils sont en quarantaine : ils restent à une version plus ancienne, hors de tout déploiement, jusqu’à ce que quelqu’un relance. Ils sont servis tant que le programme sait lire cette version.
trouble-rollout-failed = Le déploiement { $number } a échoué
trouble-rollout-failed-means = Il s’est terminé par une erreur, le plus souvent sur les copies où il essaie les fichiers, avant de toucher un studio.
trouble-backup-overdue = { $tenants ->
    [one] { $tenants } studio n’a pas de sauvegarde des dernières 26 heures
   *[other] { $tenants } studios n’ont pas de sauvegarde des dernières 26 heures
}
trouble-backup-overdue-means = La dernière nuit a été manquée. Ce qu’ils ont écrit depuis n’est que sur leur serveur et dans son archive.
trouble-control-backup-overdue = La dernière sauvegarde de la base de contrôle date de { $time }
trouble-control-backup-overdue-means = Il en faut une par heure. Si elle était perdue maintenant, ce qui a été demandé et changé depuis serait à reconstituer à la main.
trouble-drill-failing = { $tenants ->
    [one] La sauvegarde de { $tenants } studio n’a pas pu être restaurée à l’essai
   *[other] Les sauvegardes de { $tenants } studios n’ont pas pu être restaurées à l’essai
}
trouble-drill-failing-means = Jusqu’à un essai réussi, comptez pour eux sur une sauvegarde plus ancienne ou sur l’archive du serveur.
trouble-past-drill-failing = Le serveur { $server } n’a pas pu être ramené à un instant donné
trouble-past-drill-failing-means = Le dernier essai à partir de son archive a échoué. N’y comptez pas sur un instant précis ; les sauvegardes de nuit ne sont pas concernées.
trouble-certificate-failing = { $count ->
    [one] Le certificat de { $count } domaine est refusé par les navigateurs, ou personne n’y répond
   *[other] Les certificats de { $count } domaines sont refusés par les navigateurs, ou personne n’y répond
}
trouble-certificate-failing-means = Qui va chez le studio par son propre domaine voit un avertissement, ou rien. Sous son sous-domaine, le studio est là.
trouble-seats-exhausted = Toutes les connexions de ce processus à { $server } sont prises
trouble-seats-exhausted-means = { $count ->
    [one] { $count } requête en attend une.
   *[other] { $count } requêtes en attendent une.
} Tous ses studios ralentissent ; bientôt des requêtes seront refusées.
trouble-tenant-database-large = { $count ->
    [one] La base de { $tenant } fait { $size }
   *[other] { $count } bases dépassent 10 Go ; celle de { $tenant } fait { $size }
}
trouble-tenant-database-large-means = Au-delà de 10 Go, une sauvegarde, une restauration et une migration durent si longtemps qu’il faut les prévoir.
trouble-tenant-stuck = Un studio est en { $phase } depuis { $time }
trouble-tenant-stuck-means = Cela prend des secondes quand tout va bien. Un client attend sa première connexion, ou la preuve que tout a disparu.
trouble-operation-stuck = { $count ->
    [one] { $count } opération de sorte { $kind } n’avance pas
   *[other] { $count } opérations de sorte { $kind } n’avancent pas
}
trouble-operation-stuck-means = Elles attendent après un échec, la plus ancienne depuis plus d’une demi-heure. Chacune est retentée d’elle-même et dit ce qu’elle attend.
trouble-replica-lag = Le réplica { $replica } de { $server } a { $time } de retard
trouble-replica-lag-means = Si le serveur était perdu maintenant, ce qui a été écrit pendant ce temps le serait aussi.
trouble-archive-failing = Le serveur { $server } n’arrive pas à archiver son journal
trouble-archive-failing-means = Ce qui a été écrit depuis ne peut pas être retrouvé à un instant précis, et le journal s’accumule sur son disque.
trouble-backup-slow = Une sauvegarde dure depuis { $time }
trouble-backup-slow-means = Une demi-heure est la limite. Tant qu’elle lit, vacuum ne peut pas nettoyer cette base, et les sauvegardes suivantes attendent.
trouble-tenant-without-backup = { $tenants ->
    [one] { $tenants } studio n’a aucune sauvegarde
   *[other] { $tenants } studios n’ont aucune sauvegarde
}
trouble-tenant-without-backup-means = Si leur serveur était perdu, ils le seraient aussi. Un studio tout neuf est sauvegardé dans l’heure.
trouble-backup-failing = { $tenants ->
    [one] La dernière sauvegarde de { $tenants } studio a échoué
   *[other] La dernière sauvegarde de { $tenants } studios a échoué
}
trouble-backup-failing-means = Les sauvegardes plus anciennes sont intactes. Elle est retentée d’elle-même, après cinq minutes d’abord, après six heures à la fin.
trouble-backup-broken = { $count ->
    [one] { $count } sauvegarde ne peut pas être restaurée
   *[other] { $count } sauvegardes ne peuvent pas être restaurées
}
trouble-backup-broken-means = À la lecture, elles ne sont pas ce qu’elles disent être : des octets manquent ou sont faux, ou une signature ne va pas. D’autres sont faites à leur place ; ce qui a abîmé celles-ci peut en abîmer d’autres.
trouble-drill-overdue = { $tenants ->
    [one] { $tenants } studio n’a pas eu d’essai depuis trop longtemps
   *[other] { $tenants } studios n’ont pas eu d’essai depuis trop longtemps
}
trouble-drill-overdue-means = Leurs dernières sauvegardes n’ont pas été restaurées à l’essai en 37 jours : personne ne sait si elles le peuvent.
trouble-archive-off = Le serveur { $server } n’archive rien
trouble-archive-off-means = Ses studios peuvent être ramenés à leur dernière sauvegarde de nuit, et à aucun instant après elle.
trouble-spares-missing = Le serveur { $server } a { $ready } bases prêtes sur { $wanted }
trouble-spares-missing-means = De nouveaux studios sont créés quand même, mais moins vite. Après un démarrage, ou quand beaucoup ont été créés d’un coup, cela prend quelques minutes.
trouble-domain-failing = { $count ->
    [one] { $count } domaine d’un studio ne passe pas son contrôle
   *[other] { $count } domaines de studios ne passent pas leur contrôle
}
trouble-domain-failing-means = Son DNS mène ailleurs, ou l’enregistrement qui prouve à qui il est a disparu. Le plus souvent, le studio a changé quelque chose ; il est servi comme avant tant que son domaine n’est pas retiré.
trouble-certificate-ending = { $count ->
    [one] Le certificat de { $count } domaine prend fin dans { $time }
   *[other] Les certificats de { $count } domaines prennent fin bientôt, le premier dans { $time }
}
trouble-certificate-ending-means = Il n’a pas été renouvelé pendant les trois quarts de sa vie : ce qui le renouvelle échoue. Une fois qu’il a pris fin, les navigateurs refusent le domaine.
trouble-domain-checks-overdue = Les contrôles de domaines ont { $time } de retard
trouble-domain-checks-overdue-means = Les domaines ajoutés n’entrent pas en service, et personne n’apprend ceux qui échouent. C’est un worker qui fait cela.
trouble-tenant-over-limit = Des studios utilisent tout ce que leur formule permet : { $size } par la taille de leur base, { $requests } par les requêtes du jour
trouble-tenant-over-limit-means = Rien ne leur est refusé pour autant. Faut-il qu’ils paient davantage, ou qu’ils utilisent moins ? C’est à quelqu’un d’en décider.
trouble-webhook-disabled = { $count ->
    [one] { $count } adresse de webhook ne reçoit plus rien
   *[other] { $count } adresses de webhook ne reçoivent plus rien
}
trouble-webhook-disabled-means = Elle a échoué trop longtemps, ou quelqu’un l’a désactivée. Ce qui se passe entre-temps pourra être envoyé plus tard.
