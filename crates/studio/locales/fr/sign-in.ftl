sign-in-title = Connexion
sign-in-email = Adresse e-mail
sign-in-password = Mot de passe
sign-in-button = Se connecter
sign-in-lost = Mot de passe oublié ? Demandez un nouveau lien au propriétaire du studio.
sign-in-wrong = Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les et recommencez.
sign-in-wait = Trop d’essais. Attendez { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
} puis recommencez.
sign-in-busy = Trop de connexions en même temps. Attendez un instant et recommencez.
sign-in-again = Vous n’êtes plus connecté. Connectez-vous pour continuer ; ce que vous aviez ouvert vous attend.
signed-out = Vous êtes déconnecté.
link-title = Choisir un mot de passe
link-welcome = Bienvenue, { $name }
link-explained = Choisissez le mot de passe avec lequel vous vous connecterez, avec l’adresse { $email }.
link-password = Nouveau mot de passe
link-password-hint = Au moins { $least } caractères. Une phrase courte est facile à retenir.
link-password-short = Ce mot de passe est trop court : il faut au moins { $least } caractères.
link-password-long = Ce mot de passe est trop long : il faut au plus { $most } caractères.
link-password-email = Le mot de passe ne doit pas être votre adresse e-mail.
link-button = Enregistrer et entrer
link-keeps-password = Le studio est en lecture seule pour le moment : le mot de passe de { $email } reste le même. Ce lien vous fait entrer une fois.
link-enter = Entrer dans le studio
link-over-title = Ce lien ne fonctionne plus
link-over-explained = Un lien de connexion sert une seule fois et pour un temps limité. Si vous avez déjà choisi un mot de passe, connectez-vous ; sinon, demandez un nouveau lien au propriétaire du studio.
link-over-button = Aller à la connexion
