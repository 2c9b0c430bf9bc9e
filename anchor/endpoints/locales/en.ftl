### The texts that customers and wallet developers read, in English.

separator = { "; " }

## Requests that cannot be read

body-media-type = send application/json, application/x-www-form-urlencoded or, where files are accepted, multipart/form-data
body-multipart = send the file as multipart/form-data
body-malformed = the { $what }
body-repeated = { $name } is given twice
body-missing = { $name } is missing
body-not-text = { $name } must be text
body-unexpected = { $name } is not expected here
body-a-name = a name
body-too-large = the request is too large
body-part-too-large = { $name } must have at most { $limit } bytes
body-too-slow = the request took too long to arrive
body-too-many-parts = the request has more than { $limit } parts
not-found = there is nothing at this path
method-not-allowed = this path does not accept this method
not-implemented = this anchor does not offer { $what }
internal = internal error
unavailable = this service cannot answer at the moment: try again in a few seconds

## The caller

token-missing = sign in first and send the token as { $header }
token-invalid = the token is not valid here: sign in again
token-expired = the token has expired: sign in again
not-yours = this session may not delete that customer
account-malformed = account: not a valid Stellar address: check for missing, added or changed characters
account-other = account is not the one that signed in; leave it out
account-muxed-memo = account: a muxed account (M...) takes no memo: its id is in the address
memo-id = memo must be a whole number from 0 to 18446744073709551615, without sign, blanks or leading zeros
memo-text = a text memo holds at most 28 bytes, this one has { $bytes }
memo-hash = a hash memo must be the base64 of 32 bytes
memo-type = memo_type must be id, text or hash
memo-other = memo is not the one that signed in; leave it out
memo-of-other = memo is not that of the customer with this id; leave it out

## Values of fields

value-unknown-field = { $field } is not the name of a SEP-9 field
value-not-text = { $field } must be text, not another JSON value
value-empty = { $field } must not be empty
value-too-long = { $field } must be at most { $limit } bytes long
value-control-character = { $field } must not contain control characters other than new line and tab
value-not-an-integer = { $field } must be a whole number, for example { $example }
value-not-a-date = { $field } must be a date as { $format }, for example { $example }
value-in-the-future = { $field } must not be a day in the future
value-expires-before-issue = { $field } must agree with the other date: a document does not expire before it was issued
value-not-a-year-month = { $field } must be a month as { $format }, year first, for example { $example } for November 2029
value-unknown-country = { $field } must be a country in three letters of ISO 3166-1, for example { $example }
value-unknown-country-alpha2 = { $field } must be a country in two letters of ISO 3166-1, for example { $example }
value-not-a-subdivision = { $field } must be a subdivision of ISO 3166-2, for example { $example }
value-unknown-language = { $field } must be a language in two letters of ISO 639-1, for example { $example }
value-not-e164 = { $field } must be a phone number with + and country code, for example { $example }
value-not-an-email = { $field } must be complete, for example { $example }
value-unknown-occupation = { $field } must be an occupation in three digits of ISCO-08, for example { $example }
value-not-an-ip-address = { $field } must be an IP address without a port, for example { $example }
value-digits = { $field } must be { $count } digits and nothing else
value-digits-range = { $field } must be { $min } to { $max } digits and nothing else
value-not-a-card-number = { $field } must be the number of a card, digits only: a digit is wrong or missing
value-not-a-choice = { $field } must be one of: { $choices }
value-file-expected = { $field } must be a file: send it as a part of its own, or upload it first and send its id
value-not-a-file-field = { $field } must be text, not a file
value-wrong-file = { $field } must be a file of one of these types: { $types }
value-conflict = { $field } must agree with { $other }
value-mobile-format = { $field }: must be { $format } at this anchor, or left out

## Customers

customer-unknown = no such customer
customer-rejected = this customer was rejected; no further data is accepted
type-unknown = this anchor does not know that type of customer
transaction-unknown = no transaction of this account has that id
transaction-needs-type = transaction_id requires type as well
callback-url = url: { $reason }
lang-malformed = lang must be a language in two letters, such as { $example }

## Confirmation codes

code-text = Your confirmation code is { $code }. It is valid for { $minutes } minutes. Do not share it with anyone.
code-link = Or open this page and confirm there: { $link }
code-wrong = The provided confirmation code was invalid.
code-expired = { $field }: the code has expired or was tried too often; send the value again for a new one
code-nothing = { $field }: no value is waiting for a code
code-not-text = { $field } must be the code that was sent, as text
code-conflict = { $field } must equal the code under the other name of the field
code-other-value = { $field } is the code of the earlier value, not of the new value in this request
code-delayed = a code was sent there a short while ago; the next one is sent at { $time } UTC
codes-missing = send the id and at least one { $codes }
codes-alone = send only the id and { $codes } codes, as text

## Pages behind links in e-mails

link-ask = Confirm your e-mail address
link-ask-text = Someone entered the e-mail address that this link was sent to. If that was you, confirm that the address is yours.
link-ask-button = Confirm
link-done = Your e-mail address is confirmed
link-done-text = You can close this page and go back to your wallet.
link-gone = This link is not valid any more
link-gone-text = It has expired, or a newer one was sent. Go back to your wallet and send your e-mail address again.

## Files

file-missing = send the file in a part named { $part }
file-or-id = { $field }: send the file itself or its file_id, not both
file-id-not-text = { $field } must be the id of a file, as text
file-unknown = { $field }: there is no such file, or it has expired or is in use
files-wait = { $count } uploaded files are not used by a customer yet: use them first
files-one-name = name either file_id or customer_id, and only one of them

## The status of a customer

status-processing = Your details are being reviewed.
status-rejected = This customer was rejected.

## Values to choose from: in English they are their own names, as SEP-9 has them

choice-id_type-passport = passport
choice-id_type-drivers_license = drivers_license
choice-id_type-id_card = id_card
choice-sex-male = male
choice-sex-female = female
choice-sex-other = other
choice-bank_account_type-checking = checking
choice-bank_account_type-savings = savings

## Fields of SEP-9

field-family_name = Family name or surname, as in the passport.
field-given_name = Given name or first name, as in the passport.
field-additional_name = Middle name or other additional names.
field-address_country_code = Country of the current address, in three letters.
field-state_or_province = State, province, region or prefecture of the address.
field-city = City or town of the address.
field-postal_code = Postal code of the address.
field-address = The whole current address, as on an envelope.
field-mobile_number = Mobile phone number with country code.
field-mobile_number_format = How the mobile number is written: E.164 or hash.
field-email_address = E-mail address at which the person can be reached.
field-birth_date = Day of birth.
field-birth_place = City, state and country of birth, as in the passport.
field-birth_country_code = Country of birth, in three letters.
field-tax_id = Number by which the tax office of the country knows the person.
field-tax_id_name = Which number the tax number is, such as SSN or ITIN.
field-occupation = Occupation, in three digits of ISCO-08.
field-employer_name = Name of the employer.
field-employer_address = The whole address of the employer.
field-language_code = Main language, in two letters.
field-id_type = Kind of identity document.
field-id_country_code = Country that issued the identity document, in three letters.
field-id_issue_date = Day on which the identity document was issued.
field-id_expiration_date = Day on which the identity document expires.
field-id_number = Number of the identity document.
field-photo_id_front = Photo of the front of the identity document or passport.
field-photo_id_back = Photo of the back of the identity document or passport.
field-notary_approval_of_photo_id = A notary's approval of the identity document.
field-ip_address = IP address of the customer's device.
field-photo_proof_residence = Utility bill, bank statement or the like with name and address.
field-sex = Sex, as in the passport.
field-proof_of_income = Document that shows the income.
field-proof_of_liveness = Video or photo of the person, taken now.
field-referral_id = Where the customer came from: an id in another application, or a referral code.
field-bank_name = Name of the bank.
field-bank_account_type = Kind of bank account.
field-bank_account_number = Number of the bank account.
field-bank_number = Number of the bank in its country, such as the routing number in the US.
field-bank_phone_number = Phone number of the bank, with country code.
field-bank_branch_number = Number of the branch of the bank.
field-external_transfer_memo = Memo or destination tag that the transfer must carry.
field-clabe_number = Number of a bank account in Mexico, 18 digits.
field-cbu_number = Number of an account in Argentina, 22 digits.
field-cbu_alias = Alias of an account in Argentina.
field-mobile_money_number = Phone number of the mobile money account, with country code.
field-mobile_money_provider = Name of the mobile money provider.
field-crypto_address = Address of an account on another ledger.
field-organization-name = Full name of the organization, as incorporated.
field-organization-VAT_number = VAT number of the organization.
field-organization-registration_number = Number of the organization in its register.
field-organization-registration_date = Day on which the organization was registered.
field-organization-registered_address = The whole registered address of the organization.
field-organization-number_of_shareholders = How many shareholders the organization has.
field-organization-shareholder_name = Name of a shareholder: a person or an organization.
field-organization-photo_incorporation_doc = Scan of the incorporation documents.
field-organization-photo_proof_address = Utility bill or bank statement with the organization's name and address.
field-organization-address_country_code = Country of the organization's address, in three letters.
field-organization-state_or_province = State, province, region or prefecture of the organization.
field-organization-city = City or town of the organization.
field-organization-postal_code = Postal code of the organization.
field-organization-director_name = Name of the registered managing director.
field-organization-website = Website of the organization.
field-organization-email = E-mail address at which the organization can be reached.
field-organization-phone = Phone number of the organization, with country code.
field-card-number = Number of the card, digits only.
field-card-expiration_date = Month in which the card expires, year first: 29-11 is November 2029.
field-card-cvc = Security code of the card.
field-card-holder_name = Name of the card holder, as on the card.
field-card-network = Brand of the card, such as Visa or Mastercard.
field-card-postal_code = Postal code of the billing address.
field-card-country_code = Country of the billing address, in two letters.
field-card-state_or_province = State or province of the billing address, such as US-CA.
field-card-city = City or town of the billing address.
field-card-address = The whole billing address.
field-card-token = Token that stands for the card in a payment system.
