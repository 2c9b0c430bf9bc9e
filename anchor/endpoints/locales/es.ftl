### Lo que leen los clientes y quienes hacen billeteras, en español.

separator = { "; " }

## Solicitudes que no se pueden leer

body-media-type = envíe application/json, application/x-www-form-urlencoded o, donde se admiten archivos, multipart/form-data
body-multipart = envíe el archivo como multipart/form-data
body-malformed = la solicitud no se puede leer: { $what }
body-repeated = { $name } aparece dos veces
body-missing = falta { $name }
body-not-text = { $name } debe ser texto
body-unexpected = { $name } no corresponde aquí
body-a-name = un nombre
body-too-large = la solicitud es demasiado grande
body-part-too-large = { $name } puede tener como máximo { $limit } bytes
body-too-slow = la solicitud tardó demasiado en llegar
body-too-many-parts = la solicitud tiene más de { $limit } partes
not-found = no hay nada en esta ruta
method-not-allowed = esta ruta no admite este método
not-implemented = este servicio no ofrece lo siguiente: { $what }
internal = error interno
unavailable = este servicio no puede responder en este momento: inténtelo de nuevo en unos segundos

## Quién pregunta

token-missing = primero inicie sesión y envíe el token como { $header }
token-invalid = el token no es válido aquí: inicie sesión de nuevo
token-expired = el token ha caducado: inicie sesión de nuevo
not-yours = esta sesión no puede eliminar a ese cliente
account-malformed = account: no es una dirección de Stellar válida: compruebe si faltan, sobran o cambian caracteres
account-other = account no es la cuenta que inició la sesión; omítala
account-muxed-memo = account: una cuenta multiplexada (M...) no lleva memo: su id está en la dirección
memo-id = memo debe ser un número entero de 0 a 18446744073709551615, sin signo, espacios ni ceros iniciales
memo-text = un memo de texto admite como máximo 28 bytes y este tiene { $bytes }
memo-hash = un memo de tipo hash debe ser el base64 de 32 bytes
memo-type = memo_type debe ser id, text o hash
memo-other = memo no es el que inició la sesión; omítalo
memo-of-other = memo no es el del cliente con este id; omítalo

## Valores de los campos

value-unknown-field = { $field } no es el nombre de un campo de SEP-9
value-not-text = { $field } debe ser texto, no otro valor JSON
value-empty = { $field } no puede estar vacío
value-too-long = { $field } puede tener como máximo { $limit } bytes
value-control-character = { $field } no puede contener más caracteres de control que el salto de línea y el tabulador
value-not-an-integer = { $field } debe ser un número entero, por ejemplo { $example }
value-not-a-date = { $field } debe ser una fecha con el formato { $format }, por ejemplo { $example }
value-in-the-future = { $field } no puede ser un día futuro
value-expires-before-issue = { $field } debe concordar con la otra fecha: un documento no caduca antes de haber sido emitido
value-not-a-year-month = { $field } debe ser un mes con el formato { $format }, primero el año, por ejemplo { $example } para noviembre de 2029
value-unknown-country = { $field } debe ser un país en tres letras según ISO 3166-1, por ejemplo { $example }
value-unknown-country-alpha2 = { $field } debe ser un país en dos letras según ISO 3166-1, por ejemplo { $example }
value-not-a-subdivision = { $field } debe ser una subdivisión según ISO 3166-2, por ejemplo { $example }
value-unknown-language = { $field } debe ser un idioma en dos letras según ISO 639-1, por ejemplo { $example }
value-not-e164 = { $field } debe ser un número de teléfono con + y código de país, por ejemplo { $example }
value-not-an-email = { $field } debe estar completo, por ejemplo { $example }
value-unknown-occupation = { $field } debe ser una ocupación en tres dígitos según ISCO-08, por ejemplo { $example }
value-not-an-ip-address = { $field } debe ser una dirección IP sin puerto, por ejemplo { $example }
value-digits = { $field } debe tener { $count } dígitos y nada más
value-digits-range = { $field } debe tener de { $min } a { $max } dígitos y nada más
value-not-a-card-number = { $field } debe ser el número de una tarjeta, solo dígitos: un dígito falta o está mal
value-not-a-choice = { $field } debe ser uno de estos valores: { $choices }
value-file-expected = { $field } debe ser un archivo: envíelo como una parte propia, o súbalo antes y envíe su id
value-not-a-file-field = { $field } debe ser texto, no un archivo
value-wrong-file = { $field } debe ser un archivo de uno de estos tipos: { $types }
value-conflict = { $field } debe coincidir con { $other }
value-mobile-format = { $field }: aquí debe ser { $format }, o puede omitirse

## Clientes

customer-unknown = no existe ese cliente
customer-rejected = este cliente fue rechazado y ya no se aceptan más datos
type-unknown = este servicio no conoce ese tipo de cliente
transaction-unknown = ninguna transacción de esta cuenta tiene ese id
transaction-needs-type = transaction_id requiere también type
callback-url = url no sirve para recibir avisos: { $reason }
lang-malformed = lang debe ser un idioma en dos letras, como { $example }

## Códigos de confirmación

code-text = Su código de confirmación es { $code }. Es válido durante { $minutes } minutos. No lo comparta con nadie.
code-link = O abra esta página y confirme allí: { $link }
code-wrong = El código de confirmación no es correcto.
code-expired = { $field }: el código ha caducado o se ha intentado demasiadas veces; envíe el valor otra vez para recibir uno nuevo
code-nothing = { $field }: no hay ningún valor pendiente de un código
code-not-text = { $field } debe ser el código que se envió, como texto
code-conflict = { $field } debe coincidir con el mismo código bajo el otro nombre del campo
code-other-value = { $field } corresponde al valor enviado antes, no al nuevo que lo acompaña
code-delayed = hace poco se envió un código allí; el siguiente se enviará a las { $time } UTC
codes-missing = envíe el id y al menos un { $codes }
codes-alone = envíe solo el id y códigos { $codes }, como texto

## Páginas de los enlaces

link-ask = Confirme su correo electrónico
link-ask-text = Alguien ha indicado la dirección de correo a la que se envió este enlace. Si fue usted, confirme que es suya.
link-ask-button = Confirmar
link-done = Su correo electrónico está confirmado
link-done-text = Puede cerrar esta página y volver a su billetera.
link-gone = Este enlace ya no es válido
link-gone-text = Ha caducado o se envió otro más reciente. Vuelva a su billetera y envíe de nuevo su dirección de correo.

## Archivos

file-missing = envíe el archivo en una parte llamada { $part }
file-or-id = { $field }: envíe el archivo o su file_id, no ambos
file-id-not-text = { $field } debe ser el id de un archivo, como texto
file-unknown = { $field }: ese archivo no existe, ha caducado o ya está en uso
files-wait = hay { $count } archivos que ningún cliente ha utilizado todavía: utilícelos primero
files-one-name = indique file_id o customer_id, pero solo uno de los dos

## Cómo va el cliente

status-processing = Estamos revisando sus datos.
status-rejected = Este cliente fue rechazado.

## Valores para elegir

choice-id_type-passport = Pasaporte
choice-id_type-drivers_license = Licencia de conducir
choice-id_type-id_card = Documento de identidad
choice-sex-male = Masculino
choice-sex-female = Femenino
choice-sex-other = Otro
choice-bank_account_type-checking = Cuenta corriente
choice-bank_account_type-savings = Cuenta de ahorros

## Campos de SEP-9

field-family_name = Apellidos, como figuran en el pasaporte.
field-given_name = Nombre, como figura en el pasaporte.
field-additional_name = Segundo nombre u otros nombres.
field-address_country_code = País de la dirección actual, en tres letras.
field-state_or_province = Estado, provincia, región o prefectura de la dirección.
field-city = Ciudad o localidad de la dirección.
field-postal_code = Código postal de la dirección.
field-address = La dirección actual completa, como en un sobre.
field-mobile_number = Número de teléfono móvil con código de país.
field-mobile_number_format = Cómo está escrito el número de móvil: E.164 o hash.
field-email_address = Correo electrónico en el que se puede contactar con la persona.
field-birth_date = Fecha de nacimiento.
field-birth_place = Ciudad, estado y país de nacimiento, como figuran en el pasaporte.
field-birth_country_code = País de nacimiento, en tres letras.
field-tax_id = Número de identificación fiscal de la persona en su país.
field-tax_id_name = Qué número fiscal es, por ejemplo SSN o ITIN.
field-occupation = Ocupación, en tres dígitos según ISCO-08.
field-employer_name = Nombre del empleador.
field-employer_address = La dirección completa del empleador.
field-language_code = Idioma principal, en dos letras.
field-id_type = Tipo de documento de identidad.
field-id_country_code = País que emitió el documento de identidad, en tres letras.
field-id_issue_date = Fecha de emisión del documento de identidad.
field-id_expiration_date = Fecha de caducidad del documento de identidad.
field-id_number = Número del documento de identidad.
field-photo_id_front = Foto del anverso del documento de identidad o pasaporte.
field-photo_id_back = Foto del reverso del documento de identidad o pasaporte.
field-notary_approval_of_photo_id = Certificación notarial del documento de identidad.
field-ip_address = Dirección IP del dispositivo del cliente.
field-photo_proof_residence = Recibo de servicios, extracto bancario o similar con nombre y dirección.
field-sex = Sexo, como figura en el pasaporte.
field-proof_of_income = Documento que acredita los ingresos.
field-proof_of_liveness = Vídeo o foto de la persona, tomado ahora.
field-referral_id = De dónde viene el cliente: un id en otra aplicación o un código de referido.
field-bank_name = Nombre del banco.
field-bank_account_type = Tipo de cuenta bancaria.
field-bank_account_number = Número de la cuenta bancaria.
field-bank_number = Número del banco en su país, como el «routing number» en EE. UU.
field-bank_phone_number = Número de teléfono del banco, con código de país.
field-bank_branch_number = Número de la sucursal del banco.
field-external_transfer_memo = Memo o etiqueta de destino que debe llevar la transferencia.
field-clabe_number = Número de una cuenta bancaria en México (CLABE), 18 dígitos.
field-cbu_number = Número de una cuenta en Argentina (CBU o CVU), 22 dígitos.
field-cbu_alias = Alias de una cuenta en Argentina.
field-mobile_money_number = Número de teléfono de la cuenta de dinero móvil, con código de país.
field-mobile_money_provider = Nombre del proveedor de dinero móvil.
field-crypto_address = Dirección de una cuenta en otra red.
field-organization-name = Nombre completo de la organización, como está registrado.
field-organization-VAT_number = Número de IVA de la organización.
field-organization-registration_number = Número de la organización en su registro.
field-organization-registration_date = Fecha en que se registró la organización.
field-organization-registered_address = El domicilio registrado completo de la organización.
field-organization-number_of_shareholders = Cuántos accionistas tiene la organización.
field-organization-shareholder_name = Nombre de un accionista: una persona o una organización.
field-organization-photo_incorporation_doc = Copia escaneada de los documentos de constitución.
field-organization-photo_proof_address = Recibo de servicios o extracto bancario con el nombre y la dirección de la organización.
field-organization-address_country_code = País de la dirección de la organización, en tres letras.
field-organization-state_or_province = Estado, provincia, región o prefectura de la organización.
field-organization-city = Ciudad o localidad de la organización.
field-organization-postal_code = Código postal de la organización.
field-organization-director_name = Nombre del director general registrado.
field-organization-website = Sitio web de la organización.
field-organization-email = Correo electrónico en el que se puede contactar con la organización.
field-organization-phone = Número de teléfono de la organización, con código de país.
field-card-number = Número de la tarjeta, solo dígitos.
field-card-expiration_date = Mes en que caduca la tarjeta, primero el año: 29-11 es noviembre de 2029.
field-card-cvc = Código de seguridad de la tarjeta.
field-card-holder_name = Nombre del titular, como figura en la tarjeta.
field-card-network = Marca de la tarjeta, como Visa o Mastercard.
field-card-postal_code = Código postal de la dirección de facturación.
field-card-country_code = País de la dirección de facturación, en dos letras.
field-card-state_or_province = Estado o provincia de la dirección de facturación, como US-CA.
field-card-city = Ciudad o localidad de la dirección de facturación.
field-card-address = La dirección de facturación completa.
field-card-token = Token que representa la tarjeta en un sistema de pago.
