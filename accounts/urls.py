"""Addresses below /accounts/.

allauth's views are named one by one: what is not here (registration, changing the address oneself) does not exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from accounts.entrance import unprocessable
from accounts.forgetful import RequestCode
from accounts.views import mail, offices, profile, union, users

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("users/", users.users, name="users"),
    path("users/invite/", users.user_invite, name="user_invite"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/invite/", users.user_reinvite, name="user_reinvite"),
    path("users/<int:pk>/deactivate/", users.user_deactivate, name="user_deactivate"),
    path("users/<int:pk>/activate/", users.user_activate, name="user_activate"),
    path("users/<int:pk>/roles/<int:row>/void/", users.user_role_void, name="user_role_void"),
    path("offices/", offices.offices, name="offices"),
    path("offices/add/", offices.office_add, name="office_add"),
    path("offices/<int:pk>/end/", offices.office_end, name="office_end"),
    path("offices/<int:pk>/void/", offices.office_void, name="office_void"),
    path("mail/", mail.mail, name="mail"),
    path("mail/<int:pk>/again/", mail.mail_again, name="mail_again"),
    path("union/", union.union, name="union"),
    path("union/edit/", union.union_edit, name="union_edit"),
    path("union/<int:pk>/void/", union.union_void, name="union_void"),
    # Log in and out
    path("login/", unprocessable(account.login), name="account_login"),
    path("login/code/", unprocessable(RequestCode.as_view()), name="account_request_login_code"),
    path("login/code/confirm/", unprocessable(account.confirm_login_code), name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", unprocessable(account.reauthenticate), name="account_reauthenticate"),
    # Passwords; setting one is for those who were invited and logged in by code
    path("password/change/", unprocessable(account.password_change), name="account_change_password"),
    path("password/set/", unprocessable(account.password_set), name="account_set_password"),
    path("password/reset/", unprocessable(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        unprocessable(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    # Two-factor login
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", unprocessable(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", unprocessable(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", unprocessable(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", unprocessable(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
