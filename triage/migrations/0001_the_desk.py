
import articles.content.addressed
import articles.content.fields
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from articles.content.tables_at_once import TablesAtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('articles', '0007_journal_by_class'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='Protocol',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ('internal_note', articles.content.fields.PassageField(blank=True, help_text='For colleagues only. Readers and partners never see it.', verbose_name='internal note')),
                    ('title', articles.content.fields.LineField(blank=True, max_length=200, verbose_name='title')),
                    ('title_ru', articles.content.fields.LineField(blank=True, max_length=200, null=True, verbose_name='title')),
                    ('title_en', articles.content.fields.LineField(blank=True, max_length=200, null=True, verbose_name='title')),
                    ('slug', articles.content.addressed.SlugField(blank=True, help_text="The last part of the page's address, in Latin letters. Old addresses keep working.", max_length=120, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small Latin letters, digits and single hyphens, such as leg-cramps.')], verbose_name='address')),
                    ('slug_ru', articles.content.addressed.SlugField(blank=True, help_text="The last part of the page's address, in Latin letters. Old addresses keep working.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small Latin letters, digits and single hyphens, such as leg-cramps.')], verbose_name='address')),
                    ('slug_en', articles.content.addressed.SlugField(blank=True, help_text="The last part of the page's address, in Latin letters. Old addresses keep working.", max_length=120, null=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small Latin letters, digits and single hyphens, such as leg-cramps.')], verbose_name='address')),
                    ('original_language', models.CharField(choices=[('ru', 'Russian'), ('en', 'English')], default='ru', help_text='The other language is its translation and is compared with it block by block.', max_length=2, verbose_name='original language')),
                    ('summary', articles.content.fields.PassageField(blank=True, help_text='For whom the questions are, and for whom they are not. Said first.', verbose_name='for whom')),
                    ('summary_ru', articles.content.fields.PassageField(blank=True, help_text='For whom the questions are, and for whom they are not. Said first.', null=True, verbose_name='for whom')),
                    ('summary_en', articles.content.fields.PassageField(blank=True, help_text='For whom the questions are, and for whom they are not. Said first.', null=True, verbose_name='for whom')),
                    ('danger', articles.content.fields.PassageField(blank=True, help_text='Signs with which a reader calls at once. They stand on every page. May hold {emergency}: it becomes the emergency numbers of the reader’s country.', verbose_name='when not to answer questions')),
                    ('danger_ru', articles.content.fields.PassageField(blank=True, help_text='Signs with which a reader calls at once. They stand on every page. May hold {emergency}: it becomes the emergency numbers of the reader’s country.', null=True, verbose_name='when not to answer questions')),
                    ('danger_en', articles.content.fields.PassageField(blank=True, help_text='Signs with which a reader calls at once. They stand on every page. May hold {emergency}: it becomes the emergency numbers of the reader’s country.', null=True, verbose_name='when not to answer questions')),
                    ('name_of_version', models.CharField(default='0.1.0', max_length=40, validators=[django.core.validators.RegexValidator('^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9a-z.]+)?\\Z', 'Write the version as three numbers, such as 1.0.0 or 0.2.0-draft.')], verbose_name='version of the protocol')),
                    ('expires_on', models.DateField(blank=True, help_text='The last day on which the questions may be answered. After it readers see the table alone.', null=True, verbose_name='holds until')),
                    ('services', models.ManyToManyField(blank=True, help_text='Whom to call.', related_name='protocols', to='articles.careservice', verbose_name='services')),
                ],
                options={
                    'verbose_name': 'triage protocol',
                    'verbose_name_plural': 'triage protocols',
                    'ordering': ['title_ru', 'title_en', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Level',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ('internal_note', articles.content.fields.PassageField(blank=True, help_text='For colleagues only. Readers and partners never see it.', verbose_name='internal note')),
                    ('level', models.CharField(choices=[('emergency', 'emergency: call now'), ('same_day', 'today'), ('appointment_days', 'within days'), ('appointment_weeks', 'within weeks'), ('self_care', 'self-care')], max_length=20, verbose_name='how soon')),
                    ('title', articles.content.fields.LineField(blank=True, help_text='An action. May hold {emergency}: it becomes the emergency numbers of the reader’s country.', max_length=200, verbose_name='title')),
                    ('title_ru', articles.content.fields.LineField(blank=True, help_text='An action. May hold {emergency}: it becomes the emergency numbers of the reader’s country.', max_length=200, null=True, verbose_name='title')),
                    ('title_en', articles.content.fields.LineField(blank=True, help_text='An action. May hold {emergency}: it becomes the emergency numbers of the reader’s country.', max_length=200, null=True, verbose_name='title')),
                    ('text', articles.content.fields.PassageField(blank=True, help_text='May hold {emergency}: it becomes the emergency numbers of the reader’s country.', verbose_name='what to do')),
                    ('text_ru', articles.content.fields.PassageField(blank=True, help_text='May hold {emergency}: it becomes the emergency numbers of the reader’s country.', null=True, verbose_name='what to do')),
                    ('text_en', articles.content.fields.PassageField(blank=True, help_text='May hold {emergency}: it becomes the emergency numbers of the reader’s country.', null=True, verbose_name='what to do')),
                    ('sources', models.ManyToManyField(blank=True, related_name='triage_levels', to='articles.source', verbose_name='sources')),
                    ('protocol', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='triage.protocol', verbose_name='triage protocol')),
                ],
                options={
                    'verbose_name': 'triage level',
                    'verbose_name_plural': 'triage levels',
                    'ordering': ['protocol', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('protocol', 'level'), name='a_protocol_has_a_level_once', violation_error_message='The protocol has this level already.')],
                },
            ),
            migrations.CreateModel(
                name='FirstAid',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('ordering', models.PositiveIntegerField(default=0)),
                    ('when_any', articles.content.fields.PassageField(blank=True, help_text='One answer a line, such as danger.jerks.', verbose_name='when any of these was answered')),
                    ('text', articles.content.fields.PassageField(blank=True, help_text='May hold {emergency}: it becomes the emergency numbers of the reader’s country.', verbose_name='what to do at once')),
                    ('text_ru', articles.content.fields.PassageField(blank=True, help_text='May hold {emergency}: it becomes the emergency numbers of the reader’s country.', null=True, verbose_name='what to do at once')),
                    ('text_en', articles.content.fields.PassageField(blank=True, help_text='May hold {emergency}: it becomes the emergency numbers of the reader’s country.', null=True, verbose_name='what to do at once')),
                    ('sources', models.ManyToManyField(blank=True, related_name='triage_first_aid', to='articles.source', verbose_name='sources')),
                    ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='first_aid', to='triage.level')),
                ],
                options={
                    'verbose_name': 'first aid',
                    'verbose_name_plural': 'first aid',
                    'ordering': ['ordering', 'id'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ('internal_note', articles.content.fields.PassageField(blank=True, help_text='For colleagues only. Readers and partners never see it.', verbose_name='internal note')),
                    ('code', models.CharField(max_length=24, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]{0,23}\\Z', 'Use small Latin letters, digits and underscores, at most 24, a letter first, such as loc_now.')], verbose_name='id')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='order')),
                    ('text', articles.content.fields.LineField(blank=True, max_length=300, verbose_name='question')),
                    ('text_ru', articles.content.fields.LineField(blank=True, max_length=300, null=True, verbose_name='question')),
                    ('text_en', articles.content.fields.LineField(blank=True, max_length=300, null=True, verbose_name='question')),
                    ('several', models.BooleanField(default=True, verbose_name='several answers are possible')),
                    ('exclusive_because', articles.content.fields.LineField(blank=True, help_text='Asked for where only one answer may be chosen: a choice of one could lose a symptom.', max_length=300, verbose_name='why only one answer can be true')),
                    ('exclusive_because_ru', articles.content.fields.LineField(blank=True, help_text='Asked for where only one answer may be chosen: a choice of one could lose a symptom.', max_length=300, null=True, verbose_name='why only one answer can be true')),
                    ('exclusive_because_en', articles.content.fields.LineField(blank=True, help_text='Asked for where only one answer may be chosen: a choice of one could lose a symptom.', max_length=300, null=True, verbose_name='why only one answer can be true')),
                    ('protocol', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='triage.protocol', verbose_name='triage protocol')),
                ],
                options={
                    'verbose_name': 'triage question',
                    'verbose_name_plural': 'triage questions',
                    'ordering': ['protocol', 'position', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('protocol', 'code'), name='a_protocol_has_a_question_once', violation_error_message='The protocol has a question with this id already.')],
                },
            ),
            migrations.CreateModel(
                name='Option',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('ordering', models.PositiveIntegerField(default=0)),
                    ('code', models.CharField(max_length=24, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]{0,23}\\Z', 'Use small Latin letters, digits and underscores, at most 24, a letter first, such as loc_now.')], verbose_name='id')),
                    ('rank', models.PositiveSmallIntegerField(choices=[(0, 'self-care'), (1, 'within weeks'), (2, 'within days'), (3, 'today'), (4, 'emergency: call now')], default=4, verbose_name='how soon')),
                    ('exclusive', models.BooleanField(default=False, help_text='It may not be chosen beside any other answer.', verbose_name='stands alone')),
                    ('text', articles.content.fields.LineField(blank=True, max_length=300, verbose_name='answer')),
                    ('text_ru', articles.content.fields.LineField(blank=True, max_length=300, null=True, verbose_name='answer')),
                    ('text_en', articles.content.fields.LineField(blank=True, max_length=300, null=True, verbose_name='answer')),
                    ('points_to', articles.content.fields.LineField(blank=True, help_text='For colleagues only; readers never see it.', max_length=300, verbose_name='what it may point to')),
                    ('sources', models.ManyToManyField(blank=True, related_name='triage_options', to='articles.source', verbose_name='sources')),
                    ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='triage.question')),
                ],
                options={
                    'verbose_name': 'answer',
                    'verbose_name_plural': 'answers',
                    'ordering': ['ordering', 'id'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Rule',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('ordering', models.PositiveIntegerField(default=0)),
                    ('code', models.CharField(max_length=24, validators=[django.core.validators.RegexValidator('^[A-Z][A-Z0-9_]{0,23}\\Z', 'Use capital Latin letters and digits, at most 24, a letter first, such as K01.')], verbose_name='id')),
                    ('rank', models.PositiveSmallIntegerField(choices=[(0, 'self-care'), (1, 'within weeks'), (2, 'within days'), (3, 'today'), (4, 'emergency: call now')], default=4, verbose_name='how soon')),
                    ('when_all', articles.content.fields.PassageField(blank=True, help_text='One answer a line, such as background.clots.', verbose_name='when all of these were answered')),
                    ('text', articles.content.fields.LineField(blank=True, help_text='What the reader is told.', max_length=300, verbose_name='why')),
                    ('text_ru', articles.content.fields.LineField(blank=True, help_text='What the reader is told.', max_length=300, null=True, verbose_name='why')),
                    ('text_en', articles.content.fields.LineField(blank=True, help_text='What the reader is told.', max_length=300, null=True, verbose_name='why')),
                    ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='triage.protocol')),
                    ('sources', models.ManyToManyField(blank=True, related_name='triage_rules', to='articles.source', verbose_name='sources')),
                ],
                options={
                    'verbose_name': 'rule',
                    'verbose_name_plural': 'rules',
                    'ordering': ['ordering', 'id'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Signature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('protocol', models.UUIDField()),
                    ('logic_digest', models.CharField(max_length=64)),
                    ('content_digest_ru', models.CharField(max_length=64)),
                    ('content_digest_en', models.CharField(max_length=64)),
                    ('self_care_digest', models.CharField(max_length=64)),
                    ('rows', models.JSONField(default=list)),
                    ('name_ru', articles.content.fields.LineField(max_length=200)),
                    ('name_en', articles.content.fields.LineField(max_length=200)),
                    ('signed_at', models.DateTimeField()),
                    ('next_review_on', models.DateField()),
                    ('note', articles.content.fields.PassageField(blank=True)),
                    ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['signed_at', 'pk'],
                    'indexes': [models.Index(fields=['protocol', 'logic_digest'], name='signatures_by_protocol')],
                },
            ),
            migrations.CreateModel(
                name='SignatureRevocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('revoked_at', models.DateTimeField()),
                    ('reason', articles.content.fields.LineField(blank=True, max_length=300)),
                    ('signature', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revocation', to='triage.signature')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
