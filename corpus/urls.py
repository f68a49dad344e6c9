"""Addresses of pages of the account and of articles on their way in."""

from django.urls import path

from corpus.views import account, articles, feeds, intakes, links, members, metadata, review

app_name = "corpus"

urlpatterns = [
    path("tokens/", account.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", account.revoke_token, name="revoke_token"),
    path("corpora/<slug:slug>/add/", intakes.add_article, name="add_article"),
    path("corpora/<slug:slug>/bring-in/", intakes.bring_in, name="bring_in"),
    path("corpora/<slug:slug>/intakes/", intakes.intakes, name="intakes"),
    path("corpora/<slug:slug>/members/", members.members, name="members"),
    path("corpora/<slug:slug>/members/<int:pk>/role/", members.change_member, name="change_member"),
    path("corpora/<slug:slug>/members/<int:pk>/remove/", members.remove_member, name="remove_member"),
    path("corpora/<slug:slug>/members/<int:pk>/work/", members.member_work, name="member_work"),
    path("corpora/<slug:slug>/members/<int:pk>/password/", links.password_link, name="password_link"),
    path("corpora/<slug:slug>/invitations/", links.invite, name="invite"),
    path("corpora/<slug:slug>/invitations/<int:pk>/revoke/", links.revoke_invitation, name="revoke_invitation"),
    path("invitations/<str:secret>/", links.invitation, name="invitation"),
    path("password-links/<str:secret>/", links.password_by_link, name="password_by_link"),
    path("password-links/<str:secret>/confirm/", links.confirm_password, name="confirm_password"),
    path("login/mail/", links.mail_browser_link, name="mail_browser_link"),
    path("browser-links/<int:pk>/<str:secret>/", links.browser_link, name="browser_link"),
    path("corpora/<slug:slug>/edits/<int:pk>/undo/", members.undo_edit, name="undo_edit"),
    path("corpora/<slug:slug>/feeds/", feeds.feeds, name="feeds"),
    path("feeds/<int:pk>/change/", feeds.change_feed, name="change_feed"),
    path("feeds/<int:pk>/remove/", feeds.remove_feed, name="remove_feed"),
    path("intakes/<int:pk>/", intakes.intake, name="intake"),
    path("intakes/<int:pk>/save/", review.save_all, name="save_held"),
    path("intake-items/<int:pk>/look/", review.review_one, name="look"),
    path("intakes/<int:pk>/retry/", intakes.retry_intake, name="retry_intake"),
    path("corpora/<slug:slug>/batches/<uuid:batch>/", metadata.batch_page, name="batch"),
    path("corpora/<slug:slug>/batches/<uuid:batch>/undo/", metadata.undo_all, name="undo_all"),
    path("articles/<uuid:pk>/metadata/", metadata.edit_metadata, name="edit_metadata"),
    path("articles/<uuid:pk>/original/", articles.original, name="original"),
    path("articles/<uuid:pk>/copy/", articles.copy, name="copy"),
    path("articles/<uuid:pk>/story/", articles.story, name="story"),
    path("documents/<uuid:pk>/changes/", articles.changes, name="changes"),
    path("documents/<uuid:pk>/encoding/", metadata.confirm, name="confirm_encoding"),
    path("documents/<uuid:pk>/raw/", articles.raw, name="raw"),
]
