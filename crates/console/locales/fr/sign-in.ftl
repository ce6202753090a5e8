sign-in-title = Se connecter à la console
sign-in-email = Adresse e-mail
sign-in-password = Mot de passe
sign-in-code = Code à usage unique
sign-in-code-hint = Seulement si vous en avez activé un.
sign-in-button = Se connecter
sign-in-lost = Pas encore de mot de passe ? Là où vous utilisez la ligne de commande, cloison console affiche un lien qui vous fait entrer.
sign-in-wrong = L’adresse ou le mot de passe est faux, ou l’utilisateur est désactivé.
sign-in-code-needed = Ce compte demande un code à usage unique. Saisissez de nouveau le mot de passe, et le code qu’affiche votre application.
sign-in-code-wrong = Le code à usage unique est faux, ou a déjà servi. Attendez le suivant.
sign-in-wait = Trop de tentatives. Attendez { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}, puis réessayez.
sign-in-busy = Trop de personnes se connectent à la fois. Attendez un instant et réessayez.
sign-in-unavailable = La base de contrôle ne répond pas : personne ne peut se connecter. Les studios restent servis. Réessayez dès qu’elle tourne.
sign-in-forbidden = Votre rôle ne voit pas tout ce que montre la console. Demandez à un propriétaire.
sign-in-again = Vous n’êtes plus connecté. Connectez-vous pour continuer.
signed-out = Vous êtes déconnecté.
link-title = Entrer dans la console
link-explained = Ce lien vous connecte en tant que { $email }, une seule fois.
link-button = Entrer dans la console
link-over-title = Ce lien ne marche plus
link-over-explained = Il marche une fois, et pendant une heure. Pour un autre : cloison console
link-over-button = Aller à la connexion
