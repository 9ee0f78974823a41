import { apiFor } from "@/api/client";

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await apiFor().POST("/auth/password", { body: { currentPassword, newPassword } });
}

/** Always succeeds for a well-formed address: only its mailbox learns whether there is an account. */
export async function requestPasswordReset(email: string): Promise<void> {
  await apiFor().POST("/auth/passwordResets", { body: { email } });
}

export async function setPasswordByLink(token: string, newPassword: string): Promise<void> {
  await apiFor().POST("/auth/newPassword", { body: { token, newPassword } });
}
