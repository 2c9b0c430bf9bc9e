### Ce que lisent les clients et les auteurs de portefeuilles, en français.

separator = { " ; " }

## Requêtes qui ne peuvent pas être lues

body-media-type = envoyez application/json, application/x-www-form-urlencoded ou, là où les fichiers sont acceptés, multipart/form-data
body-multipart = envoyez le fichier en multipart/form-data
body-malformed = la requête ne peut pas être lue : { $what }
body-repeated = { $name } figure deux fois
body-missing = { $name } manque
body-not-text = { $name } doit être du texte
body-unexpected = { $name } n'a pas sa place ici
body-a-name = un nom
body-too-large = la requête est trop volumineuse
body-part-too-large = { $name } peut compter au plus { $limit } octets
body-too-slow = la requête a mis trop de temps à arriver
body-too-many-parts = la requête compte plus de { $limit } parties
not-found = il n'y a rien à ce chemin
method-not-allowed = ce chemin n'accepte pas cette méthode
not-implemented = ce service ne propose pas ceci : { $what }
internal = erreur interne
unavailable = ce service ne peut pas répondre pour le moment : réessayez dans quelques secondes

## Qui demande

token-missing = connectez-vous d'abord et envoyez le jeton sous la forme { $header }
token-invalid = le jeton n'est pas valable ici : connectez-vous à nouveau
token-expired = le jeton a expiré : connectez-vous à nouveau
not-yours = cette session ne peut pas supprimer ce client
account-malformed = account : ce n'est pas une adresse Stellar valable : vérifiez s'il manque, s'ajoute ou change des caractères
account-other = account n'est pas le compte connecté ; ne l'indiquez pas
account-muxed-memo = account : un compte multiplexé (M...) ne prend pas de mémo : son id est dans l'adresse
memo-id = memo doit être un nombre entier de 0 à 18446744073709551615, sans signe, espaces ni zéros initiaux
memo-text = un mémo de texte compte au plus 28 octets, celui-ci en a { $bytes }
memo-hash = un mémo de type hash doit être le base64 de 32 octets
memo-type = memo_type doit être id, text ou hash
memo-other = memo n'est pas celui de la session ; ne l'indiquez pas
memo-of-other = memo n'est pas celui du client de cet id ; ne l'indiquez pas

## Valeurs des champs

value-unknown-field = { $field } n'est pas le nom d'un champ de SEP-9
value-not-text = { $field } doit être du texte, et non une autre valeur JSON
value-empty = { $field } ne doit pas être vide
value-too-long = { $field } peut compter au plus { $limit } octets
value-control-character = { $field } ne doit pas contenir d'autres caractères de contrôle que le saut de ligne et la tabulation
value-not-an-integer = { $field } doit être un nombre entier, par exemple { $example }
value-not-a-date = { $field } doit être une date au format { $format }, par exemple { $example }
value-in-the-future = { $field } ne doit pas être un jour à venir
value-expires-before-issue = { $field } doit concorder avec l'autre date : un document n'expire pas avant d'avoir été délivré
value-not-a-year-month = { $field } doit être un mois au format { $format }, l'année d'abord, par exemple { $example } pour novembre 2029
value-unknown-country = { $field } doit être un pays en trois lettres de l'ISO 3166-1, par exemple { $example }
value-unknown-country-alpha2 = { $field } doit être un pays en deux lettres de l'ISO 3166-1, par exemple { $example }
value-not-a-subdivision = { $field } doit être une subdivision de l'ISO 3166-2, par exemple { $example }
value-unknown-language = { $field } doit être une langue en deux lettres de l'ISO 639-1, par exemple { $example }
value-not-e164 = { $field } doit être un numéro de téléphone avec + et l'indicatif du pays, par exemple { $example }
value-not-an-email = { $field } doit être complète, par exemple { $example }
value-unknown-occupation = { $field } doit être une profession en trois chiffres de l'ISCO-08, par exemple { $example }
value-not-an-ip-address = { $field } doit être une adresse IP sans port, par exemple { $example }
value-digits = { $field } doit compter { $count } chiffres et rien d'autre
value-digits-range = { $field } doit compter de { $min } à { $max } chiffres et rien d'autre
value-not-a-card-number = { $field } doit être le numéro d'une carte, en chiffres uniquement : un chiffre est faux ou manque
value-not-a-choice = { $field } doit être l'une de ces valeurs : { $choices }
value-file-expected = { $field } doit être un fichier : envoyez-le dans une partie à lui, ou téléversez-le d'abord et envoyez son id
value-not-a-file-field = { $field } doit être du texte, et non un fichier
value-wrong-file = { $field } doit être un fichier de l'un de ces types : { $types }
value-conflict = { $field } doit concorder avec { $other }
value-mobile-format = { $field } : doit être { $format } ici, ou être omis

## Clients

customer-unknown = ce client n'existe pas
customer-rejected = ce client a été refusé, et plus rien n'est accepté
type-unknown = ce service ne connaît pas ce type de client
transaction-unknown = aucune transaction de ce compte n'a cet id
transaction-needs-type = transaction_id doit être accompagné de type
callback-url = url ne convient pas pour recevoir des notifications : { $reason }
lang-malformed = lang doit être une langue en deux lettres, comme { $example }

## Codes de confirmation

code-text = Votre code de confirmation est { $code }. Il est valable { $minutes } minutes. Ne le communiquez à personne.
code-link = Ou ouvrez cette page et confirmez-y : { $link }
code-wrong = Le code de confirmation n'est pas correct.
code-expired = { $field } : le code a expiré ou a été essayé trop souvent ; envoyez à nouveau la valeur pour en recevoir un autre
code-nothing = { $field } : aucune valeur n'attend de code
code-not-text = { $field } doit être le code qui a été envoyé, sous forme de texte
code-conflict = { $field } doit concorder avec le même code sous l'autre nom du champ
code-other-value = { $field } concerne la valeur envoyée auparavant, et non la nouvelle qui l'accompagne
code-delayed = un code y a été envoyé il y a peu ; le prochain sera envoyé à { $time } UTC
codes-missing = envoyez l'id et au moins un { $codes }
codes-alone = n'envoyez que l'id et des codes { $codes }, sous forme de texte

## Pages des liens

link-ask = Confirmez votre adresse e-mail
link-ask-text = Quelqu'un a indiqué l'adresse e-mail à laquelle ce lien a été envoyé. Si c'était vous, confirmez qu'elle est la vôtre.
link-ask-button = Confirmer
link-done = Votre adresse e-mail est confirmée
link-done-text = Vous pouvez fermer cette page et retourner à votre portefeuille.
link-gone = Ce lien n'est plus valable
link-gone-text = Il a expiré, ou un plus récent a été envoyé. Retournez à votre portefeuille et envoyez de nouveau votre adresse e-mail.

## Fichiers

file-missing = envoyez le fichier dans une partie nommée { $part }
file-or-id = { $field } : envoyez le fichier lui-même ou son file_id, pas les deux
file-id-not-text = { $field } doit être l'id d'un fichier, sous forme de texte
file-unknown = { $field } : ce fichier n'existe pas, a expiré ou est déjà utilisé
files-wait = { $count } fichiers attendent d'être utilisés par un client : utilisez-les d'abord
files-one-name = indiquez file_id ou customer_id, mais un seul des deux

## Où en est le client

status-processing = Vos informations sont en cours d'examen.
status-rejected = Ce client a été refusé.

## Valeurs à choisir

choice-id_type-passport = Passeport
choice-id_type-drivers_license = Permis de conduire
choice-id_type-id_card = Carte d'identité
choice-sex-male = Masculin
choice-sex-female = Féminin
choice-sex-other = Autre
choice-bank_account_type-checking = Compte courant
choice-bank_account_type-savings = Compte d'épargne

## Champs de SEP-9

field-family_name = Nom de famille, comme sur le passeport.
field-given_name = Prénom, comme sur le passeport.
field-additional_name = Deuxième prénom ou autres noms.
field-address_country_code = Pays de l'adresse actuelle, en trois lettres.
field-state_or_province = État, province, région ou préfecture de l'adresse.
field-city = Ville de l'adresse.
field-postal_code = Code postal de l'adresse.
field-address = L'adresse actuelle complète, comme sur une enveloppe.
field-mobile_number = Numéro de téléphone mobile avec l'indicatif du pays.
field-mobile_number_format = Comment le numéro de mobile est écrit : E.164 ou hash.
field-email_address = Adresse e-mail à laquelle la personne peut être jointe.
field-birth_date = Date de naissance.
field-birth_place = Ville, État et pays de naissance, comme sur le passeport.
field-birth_country_code = Pays de naissance, en trois lettres.
field-tax_id = Numéro fiscal de la personne dans son pays.
field-tax_id_name = De quel numéro fiscal il s'agit, par exemple SSN ou ITIN.
field-occupation = Profession, en trois chiffres de l'ISCO-08.
field-employer_name = Nom de l'employeur.
field-employer_address = L'adresse complète de l'employeur.
field-language_code = Langue principale, en deux lettres.
field-id_type = Type de pièce d'identité.
field-id_country_code = Pays qui a délivré la pièce d'identité, en trois lettres.
field-id_issue_date = Date de délivrance de la pièce d'identité.
field-id_expiration_date = Date d'expiration de la pièce d'identité.
field-id_number = Numéro de la pièce d'identité.
field-photo_id_front = Photo du recto de la pièce d'identité ou du passeport.
field-photo_id_back = Photo du verso de la pièce d'identité ou du passeport.
field-notary_approval_of_photo_id = Certification de la pièce d'identité par un notaire.
field-ip_address = Adresse IP de l'appareil du client.
field-photo_proof_residence = Facture, relevé bancaire ou document semblable avec nom et adresse.
field-sex = Sexe, comme sur le passeport.
field-proof_of_income = Document qui justifie les revenus.
field-proof_of_liveness = Vidéo ou photo de la personne, prise maintenant.
field-referral_id = D'où vient le client : un id dans une autre application, ou un code de parrainage.
field-bank_name = Nom de la banque.
field-bank_account_type = Type de compte bancaire.
field-bank_account_number = Numéro du compte bancaire.
field-bank_number = Numéro de la banque dans son pays, comme le « routing number » aux États-Unis.
field-bank_phone_number = Numéro de téléphone de la banque, avec l'indicatif du pays.
field-bank_branch_number = Numéro de l'agence de la banque.
field-external_transfer_memo = Mémo ou étiquette de destination que le virement doit porter.
field-clabe_number = Numéro d'un compte bancaire au Mexique (CLABE), 18 chiffres.
field-cbu_number = Numéro d'un compte en Argentine (CBU ou CVU), 22 chiffres.
field-cbu_alias = Alias d'un compte en Argentine.
field-mobile_money_number = Numéro de téléphone du compte d'argent mobile, avec l'indicatif du pays.
field-mobile_money_provider = Nom du fournisseur d'argent mobile.
field-crypto_address = Adresse d'un compte sur un autre réseau.
field-organization-name = Nom complet de l'organisation, tel qu'enregistré.
field-organization-VAT_number = Numéro de TVA de l'organisation.
field-organization-registration_number = Numéro de l'organisation dans son registre.
field-organization-registration_date = Date d'enregistrement de l'organisation.
field-organization-registered_address = L'adresse enregistrée complète de l'organisation.
field-organization-number_of_shareholders = Combien d'actionnaires l'organisation compte.
field-organization-shareholder_name = Nom d'un actionnaire : une personne ou une organisation.
field-organization-photo_incorporation_doc = Copie numérisée des documents de constitution.
field-organization-photo_proof_address = Facture ou relevé bancaire avec le nom et l'adresse de l'organisation.
field-organization-address_country_code = Pays de l'adresse de l'organisation, en trois lettres.
field-organization-state_or_province = État, province, région ou préfecture de l'organisation.
field-organization-city = Ville de l'organisation.
field-organization-postal_code = Code postal de l'organisation.
field-organization-director_name = Nom du dirigeant enregistré.
field-organization-website = Site web de l'organisation.
field-organization-email = Adresse e-mail à laquelle l'organisation peut être jointe.
field-organization-phone = Numéro de téléphone de l'organisation, avec l'indicatif du pays.
field-card-number = Numéro de la carte, en chiffres uniquement.
field-card-expiration_date = Mois d'expiration de la carte, l'année d'abord : 29-11 est novembre 2029.
field-card-cvc = Code de sécurité de la carte.
field-card-holder_name = Nom du titulaire, comme sur la carte.
field-card-network = Marque de la carte, comme Visa ou Mastercard.
field-card-postal_code = Code postal de l'adresse de facturation.
field-card-country_code = Pays de l'adresse de facturation, en deux lettres.
field-card-state_or_province = État ou province de l'adresse de facturation, comme US-CA.
field-card-city = Ville de l'adresse de facturation.
field-card-address = L'adresse de facturation complète.
field-card-token = Jeton qui représente la carte dans un système de paiement.
