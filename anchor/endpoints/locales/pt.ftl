### O que leem os clientes e quem faz carteiras, em português.

separator = { "; " }

## Solicitações que não podem ser lidas

body-media-type = envie application/json, application/x-www-form-urlencoded ou, onde arquivos são aceitos, multipart/form-data
body-multipart = envie o arquivo como multipart/form-data
body-malformed = a solicitação não pode ser lida: { $what }
body-repeated = { $name } aparece duas vezes
body-missing = falta { $name }
body-not-text = { $name } deve ser texto
body-unexpected = { $name } não pertence a este lugar
body-a-name = um nome
body-too-large = a solicitação é grande demais
body-part-too-large = { $name } pode ter no máximo { $limit } bytes
body-too-slow = a solicitação demorou demais para chegar
body-too-many-parts = a solicitação tem mais de { $limit } partes
not-found = não há nada neste caminho
method-not-allowed = este caminho não aceita este método
not-implemented = este serviço não oferece o seguinte: { $what }
internal = erro interno
unavailable = este serviço não pode responder de momento: tente novamente dentro de alguns segundos

## Quem pergunta

token-missing = primeiro entre e envie o token como { $header }
token-invalid = o token não é válido aqui: entre novamente
token-expired = o token expirou: entre novamente
not-yours = esta sessão não pode excluir esse cliente
account-malformed = account: não é um endereço Stellar válido: verifique se há caracteres a menos, a mais ou trocados
account-other = account não é a conta que entrou; não a informe
account-muxed-memo = account: uma conta multiplexada (M...) não leva memo: o id está no endereço
memo-id = memo deve ser um número inteiro de 0 a 18446744073709551615, sem sinal, espaços nem zeros à esquerda
memo-text = um memo de texto comporta no máximo 28 bytes e este tem { $bytes }
memo-hash = um memo do tipo hash deve ser o base64 de 32 bytes
memo-type = memo_type deve ser id, text ou hash
memo-other = memo não é o da sessão; não o informe
memo-of-other = memo não é o do cliente com este id; não o informe

## Valores dos campos

value-unknown-field = { $field } não é o nome de um campo do SEP-9
value-not-text = { $field } deve ser texto, e não outro valor JSON
value-empty = { $field } não pode ficar vazio
value-too-long = { $field } pode ter no máximo { $limit } bytes
value-control-character = { $field } não pode conter caracteres de controle além de quebra de linha e tabulação
value-not-an-integer = { $field } deve ser um número inteiro, por exemplo { $example }
value-not-a-date = { $field } deve ser uma data no formato { $format }, por exemplo { $example }
value-in-the-future = { $field } não pode ser um dia no futuro
value-expires-before-issue = { $field } deve concordar com a outra data: um documento não expira antes de ser emitido
value-not-a-year-month = { $field } deve ser um mês no formato { $format }, primeiro o ano, por exemplo { $example } para novembro de 2029
value-unknown-country = { $field } deve ser um país em três letras da ISO 3166-1, por exemplo { $example }
value-unknown-country-alpha2 = { $field } deve ser um país em duas letras da ISO 3166-1, por exemplo { $example }
value-not-a-subdivision = { $field } deve ser uma subdivisão da ISO 3166-2, por exemplo { $example }
value-unknown-language = { $field } deve ser um idioma em duas letras da ISO 639-1, por exemplo { $example }
value-not-e164 = { $field } deve ser um número de telefone com + e código do país, por exemplo { $example }
value-not-an-email = { $field } deve estar completo, por exemplo { $example }
value-unknown-occupation = { $field } deve ser uma ocupação em três dígitos da ISCO-08, por exemplo { $example }
value-not-an-ip-address = { $field } deve ser um endereço IP sem porta, por exemplo { $example }
value-digits = { $field } deve ter { $count } dígitos e nada mais
value-digits-range = { $field } deve ter de { $min } a { $max } dígitos e nada mais
value-not-a-card-number = { $field } deve ser o número de um cartão, só dígitos: um dígito está errado ou faltando
value-not-a-choice = { $field } deve ser um destes valores: { $choices }
value-file-expected = { $field } deve ser um arquivo: envie-o como uma parte própria, ou faça o upload antes e envie o id dele
value-not-a-file-field = { $field } deve ser texto, e não um arquivo
value-wrong-file = { $field } deve ser um arquivo de um destes tipos: { $types }
value-conflict = { $field } deve concordar com { $other }
value-mobile-format = { $field }: aqui deve ser { $format }, ou pode ser omitido

## Clientes

customer-unknown = esse cliente não existe
customer-rejected = este cliente foi recusado e nada mais é aceito
type-unknown = este serviço não conhece esse tipo de cliente
transaction-unknown = nenhuma transação desta conta tem esse id
transaction-needs-type = transaction_id precisa vir acompanhado de type
callback-url = url não serve para receber avisos: { $reason }
lang-malformed = lang deve ser um idioma em duas letras, como { $example }

## Códigos de confirmação

code-text = Seu código de confirmação é { $code }. Ele vale por { $minutes } minutos. Não o informe a ninguém.
code-link = Ou abra esta página e confirme por lá: { $link }
code-wrong = O código de confirmação não está correto.
code-expired = { $field }: o código expirou ou foi tentado vezes demais; envie o valor de novo para receber outro
code-nothing = { $field }: não há valor à espera de um código
code-not-text = { $field } deve ser o código que foi enviado, como texto
code-conflict = { $field } deve concordar com o mesmo código sob o outro nome do campo
code-other-value = { $field } é do valor enviado antes, e não do novo que o acompanha
code-delayed = um código foi enviado há pouco; o próximo será enviado às { $time } UTC
codes-missing = envie o id e pelo menos um { $codes }
codes-alone = envie somente o id e códigos { $codes }, como texto

## Páginas dos links

link-ask = Confirme o seu e-mail
link-ask-text = Alguém informou o endereço de e-mail para o qual este link foi enviado. Se foi você, confirme que ele é seu.
link-ask-button = Confirmar
link-done = O seu e-mail está confirmado
link-done-text = Pode fechar esta página e voltar à sua carteira.
link-gone = Este link já não é válido
link-gone-text = Expirou ou foi enviado um mais recente. Volte à sua carteira e envie novamente o seu endereço de e-mail.

## Arquivos

file-missing = envie o arquivo em uma parte chamada { $part }
file-or-id = { $field }: envie o próprio arquivo ou o file_id dele, não os dois
file-id-not-text = { $field } deve ser o id de um arquivo, como texto
file-unknown = { $field }: esse arquivo não existe, expirou ou já está em uso
files-wait = há { $count } arquivos que nenhum cliente usou ainda: use-os primeiro
files-one-name = informe file_id ou customer_id, mas só um dos dois

## Situação do cliente

status-processing = Seus dados estão em análise.
status-rejected = Este cliente foi recusado.

## Valores para escolher

choice-id_type-passport = Passaporte
choice-id_type-drivers_license = Carteira de motorista
choice-id_type-id_card = Carteira de identidade
choice-sex-male = Masculino
choice-sex-female = Feminino
choice-sex-other = Outro
choice-bank_account_type-checking = Conta corrente
choice-bank_account_type-savings = Conta poupança

## Campos do SEP-9

field-family_name = Sobrenome, como no passaporte.
field-given_name = Nome, como no passaporte.
field-additional_name = Nome do meio ou outros nomes.
field-address_country_code = País do endereço atual, em três letras.
field-state_or_province = Estado, província, região ou prefeitura do endereço.
field-city = Cidade do endereço.
field-postal_code = Código postal (CEP) do endereço.
field-address = O endereço atual completo, como em um envelope.
field-mobile_number = Número de celular com código do país.
field-mobile_number_format = Como o número de celular está escrito: E.164 ou hash.
field-email_address = Endereço de e-mail no qual a pessoa pode ser encontrada.
field-birth_date = Data de nascimento.
field-birth_place = Cidade, estado e país de nascimento, como no passaporte.
field-birth_country_code = País de nascimento, em três letras.
field-tax_id = Número de identificação fiscal da pessoa no país.
field-tax_id_name = Qual é o número fiscal, por exemplo SSN ou ITIN.
field-occupation = Ocupação, em três dígitos da ISCO-08.
field-employer_name = Nome do empregador.
field-employer_address = O endereço completo do empregador.
field-language_code = Idioma principal, em duas letras.
field-id_type = Tipo de documento de identidade.
field-id_country_code = País que emitiu o documento de identidade, em três letras.
field-id_issue_date = Data de emissão do documento de identidade.
field-id_expiration_date = Data de validade do documento de identidade.
field-id_number = Número do documento de identidade.
field-photo_id_front = Foto da frente do documento de identidade ou passaporte.
field-photo_id_back = Foto do verso do documento de identidade ou passaporte.
field-notary_approval_of_photo_id = Reconhecimento do documento de identidade por um tabelião.
field-ip_address = Endereço IP do dispositivo do cliente.
field-photo_proof_residence = Conta de serviços, extrato bancário ou similar com nome e endereço.
field-sex = Sexo, como no passaporte.
field-proof_of_income = Documento que comprova a renda.
field-proof_of_liveness = Vídeo ou foto da pessoa, feito agora.
field-referral_id = De onde veio o cliente: um id em outro aplicativo ou um código de indicação.
field-bank_name = Nome do banco.
field-bank_account_type = Tipo de conta bancária.
field-bank_account_number = Número da conta bancária.
field-bank_number = Número do banco no país, como o "routing number" nos EUA.
field-bank_phone_number = Número de telefone do banco, com código do país.
field-bank_branch_number = Número da agência do banco.
field-external_transfer_memo = Memo ou etiqueta de destino que a transferência deve levar.
field-clabe_number = Número de uma conta bancária no México (CLABE), 18 dígitos.
field-cbu_number = Número de uma conta na Argentina (CBU ou CVU), 22 dígitos.
field-cbu_alias = Apelido (alias) de uma conta na Argentina.
field-mobile_money_number = Número de telefone da conta de dinheiro móvel, com código do país.
field-mobile_money_provider = Nome do provedor de dinheiro móvel.
field-crypto_address = Endereço de uma conta em outra rede.
field-organization-name = Nome completo da organização, como registrado.
field-organization-VAT_number = Número de IVA da organização.
field-organization-registration_number = Número da organização no seu registro.
field-organization-registration_date = Data em que a organização foi registrada.
field-organization-registered_address = O endereço registrado completo da organização.
field-organization-number_of_shareholders = Quantos acionistas a organização tem.
field-organization-shareholder_name = Nome de um acionista: uma pessoa ou uma organização.
field-organization-photo_incorporation_doc = Cópia digitalizada dos documentos de constituição.
field-organization-photo_proof_address = Conta de serviços ou extrato bancário com o nome e o endereço da organização.
field-organization-address_country_code = País do endereço da organização, em três letras.
field-organization-state_or_province = Estado, província, região ou prefeitura da organização.
field-organization-city = Cidade da organização.
field-organization-postal_code = Código postal da organização.
field-organization-director_name = Nome do diretor-geral registrado.
field-organization-website = Site da organização.
field-organization-email = Endereço de e-mail no qual a organização pode ser encontrada.
field-organization-phone = Número de telefone da organização, com código do país.
field-card-number = Número do cartão, só dígitos.
field-card-expiration_date = Mês em que o cartão expira, primeiro o ano: 29-11 é novembro de 2029.
field-card-cvc = Código de segurança do cartão.
field-card-holder_name = Nome do titular, como no cartão.
field-card-network = Bandeira do cartão, como Visa ou Mastercard.
field-card-postal_code = Código postal do endereço de cobrança.
field-card-country_code = País do endereço de cobrança, em duas letras.
field-card-state_or_province = Estado ou província do endereço de cobrança, como US-CA.
field-card-city = Cidade do endereço de cobrança.
field-card-address = O endereço de cobrança completo.
field-card-token = Token que representa o cartão em um sistema de pagamento.
