today = Aujourd’hui
view = Affichage
view-week = Semaine
view-day = Jour
book = Réserver
rooms = Cabines et régies
rooms-all = Tous les lieux
week-number = semaine { $number }
previous-week = Semaine précédente
next-week = Semaine suivante
previous-day = Jour précédent
next-day = Jour suivant
hours-all = Afficher les 24 heures
hours-open = Heures d’ouverture seulement
cancelled-show = Afficher les annulées
cancelled-hide = Masquer les annulées
book-room-day = Réserver { $room }, { $day }
day-with-count = { $day }, { $count ->
    [0] aucune session
    [one] { $count } session
   *[other] { $count } sessions
}
block-untitled = Indisponible
state-inquiry = Demande
state-hold = Option
state-hold-rank = Option { $rank }
state-pending-deposit = Acompte attendu
state-confirmed = Confirmée
state-in-progress = En cours
state-completed = Terminée
state-cancelled = Annulée
state-no-show = Client absent
state-expired = Expirée
