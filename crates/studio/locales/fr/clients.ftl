clients-title = Clients
clients-new = Nouveau client
clients-search = Chercher un client
clients-search-hint = Nom, e-mail, téléphone
clients-search-button = Chercher
clients-count = { $count ->
    [one] { $count } client
   *[other] { $count } clients
}
clients-found = { $count ->
    [0] aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
}
clients-found-more = plus de { $count } résultats ; précisez la recherche
clients-empty-title = Pas encore de client
clients-empty-text = Les clients apparaissent ici dès la première réservation.
clients-none-title = Personne ne correspond à « { $query } »
clients-none-text = Les accents et les majuscules ne comptent pas. Essayez un mot de moins.
clients-none-button = Voir tous les clients
client-new = Nouveau client
client-name = Nom
client-kind = Type
client-kind-person = Personne
client-kind-company = Société
client-kind-band = Groupe
client-contact = Contact
client-next = Prochaine session
client-last = Dernière session
client-email = E-mail
client-phone = Téléphone
client-legal-name = Raison sociale
client-siren = SIREN
client-vat = N° de TVA
client-notes = Notes
client-details = Fiche
client-book = Réserver pour ce client
client-archived = Archivé
client-owed = { $amount } à payer
client-sessions-next = À venir
client-sessions-next-empty = Rien de prévu.
client-sessions-past = Passées
client-sessions-past-empty = Aucune session passée.
client-create = Créer la fiche
client-save = Enregistrer
client-changed = Quelqu’un a modifié cette fiche pendant que vous écriviez.
client-changed-explained = Rien n’est perdu : vos valeurs sont dans le formulaire, les siennes ci-dessous. Enregistrez de nouveau pour garder les vôtres.
client-changed-now = Enregistré : { $theirs } · Vous : { $mine }
client-nothing = rien
client-locked = Cette fiche ne peut plus être modifiée.
client-saved = Fiche enregistrée : { $name }.
client-created = Fiche créée : { $name }.
wrong-name-missing = Donnez un nom.
wrong-too-long = C’est trop long : { $most } caractères au plus.
wrong-email = Cette adresse e-mail n’est pas complète.
wrong-phone = Ce numéro est trop court.
wrong-siren = Un SIREN a neuf chiffres.
wrong-vat = Un numéro de TVA commence par deux lettres, par exemple FR12345678901.
client-erase = Effacer ce client
client-erase-explained = Quand quelqu’un demande à être oublié (RGPD, article 17).
client-erase-heading = Effacer { $name } ?
client-erase-back = Retour à la fiche
client-erase-goes = Ce qui disparaît, définitivement
client-erase-goes-file = Nom, e-mail, téléphone, raison sociale, numéros et notes de la fiche.
client-erase-goes-sessions = Titres et notes de { $count ->
    [one] { $count } séance
   *[other] { $count } séances
}, et motifs d’annulation.
client-erase-goes-texts = Ce que d’autres séances et les notes d’autres clients disent de cette personne par son nom, son e-mail ou son téléphone.
client-erase-goes-audio = Titres de { $count ->
    [one] { $count } enregistrement
   *[other] { $count } enregistrements
}.
client-erase-stays = Ce qui reste, et pourquoi
client-erase-stays-invoices = { $count ->
    [one] { $count } facture émise
   *[other] { $count } factures émises
}, telles quelles : la loi impose de les garder, six ans pour le fisc et dix ans pour la comptabilité.
client-erase-stays-hours = Les salles, les heures et les montants, qui ne nomment plus personne.
client-erase-stays-backups = Les copies dans les sauvegardes, jusqu’à leur expiration, un an au plus. Si l’une est restaurée, effacez le client de nouveau.
client-erase-coming = { $count ->
    [one] { $count } séance à venir reste réservée
   *[other] { $count } séances à venir restent réservées
}, pour personne. Annulez d’abord ce qui ne doit pas avoir lieu.
client-erase-sure = J’ai vérifié qui fait cette demande, et je sais que rien ne fera revenir ce client.
client-erase-unsure = Rien n’a été effacé : cochez la case pour confirmer.
client-erase-changed = Rien n’a été effacé : quelqu’un a modifié cette fiche entre-temps. Regardez de nouveau, puis confirmez.
client-erase-button = Effacer définitivement
client-erase-not = Garder le client
client-erased = Effacé
client-erased-name = Client effacé
client-erased-session = Séance
client-erased-recording = Enregistrement
client-erased-text = [effacé]
client-erased-done = Le client a été effacé.
