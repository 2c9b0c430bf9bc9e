### ما يقرؤه العملاء وصانعو المحافظ، بالعربية.
###
### Values are isolated by the program. Numbers with signs in them are isolated here, by U+2066 and U+2069: between Arabic
### letters their parts would change places.

separator = { "؛ " }

## طلبات لا يمكن قراءتها

body-media-type = أرسل application/json أو application/x-www-form-urlencoded، أو multipart/form-data حيث تُقبل الملفات
body-multipart = أرسل الملف بصيغة multipart/form-data
body-malformed = لا يمكن قراءة الطلب: { $what }
body-repeated = { $name } مذكور مرتين
body-missing = { $name } غير موجود
body-not-text = { $name } يجب أن يكون نصًا
body-unexpected = { $name } ليس مكانه هنا
body-a-name = أحد الأسماء
body-too-large = الطلب أكبر من المسموح
body-part-too-large = { $name } يجب ألا يتجاوز حجمه بالبايت { $limit }
body-too-slow = استغرق وصول الطلب وقتًا أطول من المسموح
body-too-many-parts = عدد أجزاء الطلب يتجاوز { $limit }
not-found = لا يوجد شيء في هذا المسار
method-not-allowed = هذا المسار لا يقبل هذه الطريقة
not-implemented = هذه الخدمة لا توفر ما يلي: { $what }
internal = خطأ داخلي
unavailable = لا تستطيع هذه الخدمة الرد حاليًا: حاول مرة أخرى بعد بضع ثوانٍ

## من صاحب الطلب

token-missing = سجّل الدخول أولًا وأرسل الرمز المميز بهذا الشكل: { $header }
token-invalid = الرمز المميز غير صالح هنا: سجّل الدخول من جديد
token-expired = انتهت صلاحية الرمز المميز: سجّل الدخول من جديد
not-yours = لا تستطيع هذه الجلسة حذف ذلك العميل
account-malformed = قيمة account ليست عنوان Stellar صالحًا: تحقق من وجود أحرف ناقصة أو زائدة أو متغيرة
account-other = قيمة account ليست الحساب الذي سجّل الدخول؛ لا ترسلها
account-muxed-memo = قيمة account حساب مدمج يبدأ بالحرف M ولا يأخذ memo: رقمه موجود في العنوان
memo-id = يجب أن تكون قيمة memo عددًا صحيحًا من 0 إلى 18446744073709551615 بلا إشارة ولا مسافات ولا أصفار في البداية
memo-text = لا تتسع قيمة memo النصية لأكثر من 28 بايت، وطول هذه { $bytes }
memo-hash = يجب أن تكون قيمة memo من النوع hash ترميز base64 لعدد 32 بايت
memo-type = يجب أن تكون قيمة memo_type واحدة من id أو text أو hash
memo-other = قيمة memo ليست لمن سجّل الدخول؛ لا ترسلها
memo-of-other = قيمة memo ليست للعميل صاحب هذا المعرّف؛ لا ترسلها

## قيم الحقول

value-unknown-field = { $field } ليس اسم حقل من حقول SEP-9
value-not-text = { $field } يجب أن يكون نصًا، لا قيمة JSON أخرى
value-empty = { $field } يجب ألا يكون فارغًا
value-too-long = { $field } يجب ألا يتجاوز طوله بالبايت { $limit }
value-control-character = { $field } يجب ألا يحتوي على أحرف تحكم سوى السطر الجديد وعلامة الجدولة
value-not-an-integer = { $field } يجب أن يكون عددًا صحيحًا، مثل { $example }
value-not-a-date = { $field } يجب أن يكون تاريخًا بالصيغة { $format }، مثل { $example }
value-in-the-future = { $field } يجب ألا يكون يومًا في المستقبل
value-expires-before-issue = { $field } يجب أن يتوافق مع التاريخ الآخر: لا تنتهي صلاحية الوثيقة قبل إصدارها
value-not-a-year-month = { $field } يجب أن يكون شهرًا بالصيغة { $format }، السنة أولًا، مثل { $example } لشهر نوفمبر 2029
value-unknown-country = { $field } يجب أن يكون رمز دولة من ثلاثة أحرف وفق ISO 3166-1، مثل { $example }
value-unknown-country-alpha2 = { $field } يجب أن يكون رمز دولة من حرفين وفق ISO 3166-1، مثل { $example }
value-not-a-subdivision = { $field } يجب أن يكون رمز تقسيم إداري وفق ISO 3166-2، مثل { $example }
value-unknown-language = { $field } يجب أن يكون رمز لغة من حرفين وفق ISO 639-1، مثل { $example }
value-not-e164 = { $field } يجب أن يكون رقم هاتف يبدأ بعلامة + ورمز الدولة، مثل { $example }
value-not-an-email = { $field } يجب أن يكون كاملًا، مثل { $example }
value-unknown-occupation = { $field } يجب أن يكون رمز مهنة من ثلاثة أرقام وفق ISCO-08، مثل { $example }
value-not-an-ip-address = { $field } يجب أن يكون عنوان IP بلا منفذ، مثل { $example }
value-digits = { $field } يجب أن يتكون من أرقام فقط، وعددها { $count }
value-digits-range = { $field } يجب أن يتكون من أرقام فقط، وعددها من { $min } إلى { $max }
value-not-a-card-number = { $field } يجب أن يكون رقم بطاقة، أرقامًا فقط: هناك رقم خاطئ أو ناقص
value-not-a-choice = { $field } يجب أن يكون واحدًا مما يلي: { $choices }
value-file-expected = { $field } يجب أن يكون ملفًا: أرسله في جزء مستقل، أو ارفعه أولًا وأرسل معرّفه
value-not-a-file-field = { $field } يجب أن يكون نصًا لا ملفًا
value-wrong-file = { $field } يجب أن يكون ملفًا من أحد هذه الأنواع: { $types }
value-conflict = { $field } يجب أن يتوافق مع { $other }
value-mobile-format = { $field } يجب أن يكون هنا { $format }، أو ألا يُرسل

## العملاء

customer-unknown = لا يوجد عميل كهذا
customer-rejected = رُفض هذا العميل ولا تُقبل منه بيانات أخرى
type-unknown = هذه الخدمة لا تعرف هذا النوع من العملاء
transaction-unknown = لا توجد معاملة لهذا الحساب بهذا المعرّف
transaction-needs-type = لا تُرسل transaction_id بلا type
callback-url = قيمة url لا تصلح لاستقبال الإشعارات: { $reason }
lang-malformed = يجب أن تكون قيمة lang رمز لغة من حرفين، مثل { $example }

## رموز التأكيد

code-text = رمز التأكيد الخاص بك هو { $code }. مدة صلاحيته بالدقائق: { $minutes }. لا تخبر به أحدًا.
code-link = أو افتح هذه الصفحة وأكّد هناك: { $link }
code-wrong = رمز التأكيد غير صحيح.
code-expired = { $field }: انتهت صلاحية الرمز أو كثرت محاولاته؛ أرسل القيمة مرة أخرى لتحصل على رمز جديد
code-nothing = { $field }: لا توجد قيمة تنتظر رمزًا
code-not-text = { $field } يجب أن يكون الرمز الذي أُرسل، كنص
code-conflict = { $field } يجب أن يتوافق مع الرمز نفسه تحت الاسم الآخر للحقل
code-other-value = { $field } يخص القيمة التي أُرسلت من قبل، لا القيمة الجديدة المرافقة له
code-delayed = أُرسل رمز قبل قليل؛ سيُرسل الرمز التالي في الساعة { $time } بالتوقيت العالمي
codes-missing = أرسل id ورمزًا واحدًا على الأقل باسم { $codes }
codes-alone = لا ترسل سوى id ورموز { $codes }، كنصوص

## صفحات الروابط

link-ask = أكّد بريدك الإلكتروني
link-ask-text = أدخل أحدهم عنوان البريد الإلكتروني الذي أُرسل إليه هذا الرابط. إن كنت أنت، فأكّد أنه عنوانك.
link-ask-button = تأكيد
link-done = تم تأكيد بريدك الإلكتروني
link-done-text = يمكنك إغلاق هذه الصفحة والعودة إلى محفظتك.
link-gone = لم يعد هذا الرابط صالحًا
link-gone-text = انتهت صلاحيته أو أُرسل رابط أحدث منه. عُد إلى محفظتك وأرسل عنوان بريدك الإلكتروني من جديد.

## الملفات

file-missing = أرسل الملف في جزء اسمه { $part }
file-or-id = { $field }: أرسل الملف نفسه أو قيمة file_id، لا الاثنين معًا
file-id-not-text = { $field } يجب أن يكون معرّف ملف، كنص
file-unknown = { $field }: لا يوجد ملف كهذا، أو انتهت صلاحيته، أو هو مستخدم
files-wait = عدد الملفات التي لم يستخدمها أي عميل بعد { $count }: استخدمها أولًا
files-one-name = حدّد file_id أو customer_id، واحدًا منهما فقط

## حالة العميل

status-processing = بياناتك قيد المراجعة.
status-rejected = رُفض هذا العميل.

## قيم للاختيار

choice-id_type-passport = جواز سفر
choice-id_type-drivers_license = رخصة قيادة
choice-id_type-id_card = بطاقة هوية
choice-sex-male = ذكر
choice-sex-female = أنثى
choice-sex-other = آخر
choice-bank_account_type-checking = حساب جارٍ
choice-bank_account_type-savings = حساب توفير

## حقول SEP-9

field-family_name = اسم العائلة كما في جواز السفر.
field-given_name = الاسم الأول كما في جواز السفر.
field-additional_name = الاسم الأوسط أو أسماء أخرى.
field-address_country_code = رمز دولة العنوان الحالي من ثلاثة أحرف.
field-state_or_province = ولاية العنوان أو مقاطعته أو منطقته.
field-city = مدينة العنوان أو بلدته.
field-postal_code = الرمز البريدي للعنوان.
field-address = العنوان الحالي كاملًا، كما يُكتب على ظرف.
field-mobile_number = رقم الهاتف المحمول مع رمز الدولة.
field-mobile_number_format = كيف كُتب رقم الهاتف المحمول: E.164 أو hash.
field-email_address = عنوان البريد الإلكتروني الذي يمكن الوصول إلى الشخص عبره.
field-birth_date = تاريخ الميلاد.
field-birth_place = مدينة الميلاد وولايته ودولته كما في جواز السفر.
field-birth_country_code = رمز دولة الميلاد من ثلاثة أحرف.
field-tax_id = الرقم الضريبي للشخص في دولته.
field-tax_id_name = نوع الرقم الضريبي، مثل SSN أو ITIN.
field-occupation = رمز المهنة من ثلاثة أرقام وفق ISCO-08.
field-employer_name = اسم جهة العمل.
field-employer_address = عنوان جهة العمل كاملًا.
field-language_code = رمز اللغة الأساسية من حرفين.
field-id_type = نوع وثيقة الهوية.
field-id_country_code = رمز الدولة التي أصدرت وثيقة الهوية من ثلاثة أحرف.
field-id_issue_date = تاريخ إصدار وثيقة الهوية.
field-id_expiration_date = تاريخ انتهاء وثيقة الهوية.
field-id_number = رقم وثيقة الهوية.
field-photo_id_front = صورة الوجه الأمامي لوثيقة الهوية أو جواز السفر.
field-photo_id_back = صورة الوجه الخلفي لوثيقة الهوية أو جواز السفر.
field-notary_approval_of_photo_id = تصديق كاتب العدل على وثيقة الهوية.
field-ip_address = عنوان IP لجهاز العميل.
field-photo_proof_residence = فاتورة خدمات أو كشف حساب مصرفي أو ما يشبههما، يظهر فيه الاسم والعنوان.
field-sex = الجنس كما في جواز السفر.
field-proof_of_income = وثيقة تثبت الدخل.
field-proof_of_liveness = مقطع فيديو أو صورة للشخص تُلتقط الآن.
field-referral_id = من أين جاء العميل: معرّف في تطبيق آخر أو رمز إحالة.
field-bank_name = اسم المصرف.
field-bank_account_type = نوع الحساب المصرفي.
field-bank_account_number = رقم الحساب المصرفي.
field-bank_number = رقم المصرف في دولته، مثل routing number في الولايات المتحدة.
field-bank_phone_number = رقم هاتف المصرف مع رمز الدولة.
field-bank_branch_number = رقم فرع المصرف.
field-external_transfer_memo = المذكرة أو وسم الوجهة الذي يجب أن يحمله التحويل.
field-clabe_number = رقم حساب مصرفي في المكسيك (CLABE)، من 18 رقمًا.
field-cbu_number = رقم حساب في الأرجنتين (CBU أو CVU)، من 22 رقمًا.
field-cbu_alias = الاسم البديل لحساب في الأرجنتين.
field-mobile_money_number = رقم هاتف حساب المال عبر الهاتف المحمول مع رمز الدولة.
field-mobile_money_provider = اسم مزوّد خدمة المال عبر الهاتف المحمول.
field-crypto_address = عنوان حساب على شبكة أخرى.
field-organization-name = الاسم الكامل للمؤسسة كما هو مسجّل.
field-organization-VAT_number = رقم ضريبة القيمة المضافة للمؤسسة.
field-organization-registration_number = رقم المؤسسة في سجلها.
field-organization-registration_date = تاريخ تسجيل المؤسسة.
field-organization-registered_address = العنوان المسجّل للمؤسسة كاملًا.
field-organization-number_of_shareholders = عدد المساهمين في المؤسسة.
field-organization-shareholder_name = اسم أحد المساهمين: شخص أو مؤسسة.
field-organization-photo_incorporation_doc = نسخة ممسوحة ضوئيًا من وثائق التأسيس.
field-organization-photo_proof_address = فاتورة خدمات أو كشف حساب مصرفي يظهر فيه اسم المؤسسة وعنوانها.
field-organization-address_country_code = رمز دولة عنوان المؤسسة من ثلاثة أحرف.
field-organization-state_or_province = ولاية المؤسسة أو مقاطعتها أو منطقتها.
field-organization-city = مدينة المؤسسة أو بلدتها.
field-organization-postal_code = الرمز البريدي للمؤسسة.
field-organization-director_name = اسم المدير العام المسجّل.
field-organization-website = موقع المؤسسة على الإنترنت.
field-organization-email = عنوان البريد الإلكتروني الذي يمكن الوصول إلى المؤسسة عبره.
field-organization-phone = رقم هاتف المؤسسة مع رمز الدولة.
field-card-number = رقم البطاقة، أرقامًا فقط.
field-card-expiration_date = شهر انتهاء البطاقة، السنة أولًا: { "\u2066" }29-11{ "\u2069" } هو نوفمبر 2029.
field-card-cvc = رمز أمان البطاقة.
field-card-holder_name = اسم حامل البطاقة كما هو مكتوب عليها.
field-card-network = علامة البطاقة، مثل Visa أو Mastercard.
field-card-postal_code = الرمز البريدي لعنوان الفوترة.
field-card-country_code = رمز دولة عنوان الفوترة من حرفين.
field-card-state_or_province = ولاية عنوان الفوترة أو مقاطعته، مثل US-CA.
field-card-city = مدينة عنوان الفوترة أو بلدته.
field-card-address = عنوان الفوترة كاملًا.
field-card-token = رمز مميز ينوب عن البطاقة في نظام دفع.
